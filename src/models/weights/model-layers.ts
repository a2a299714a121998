import { ValueError } from "../../core/errors.ts";
import type { ConcreteShape } from "../../core/shape.ts";
import type { FusedBatchNormAttrs } from "../../ops/fused-batch-norm.ts";
import { globalVariables, type Variable } from "../../ops/variable.ts";
import type { ModelName } from "../architecture.ts";
import { architectures } from "../architectures.ts";
import type { Model } from "../model.ts";

/** A layer with weights. */
export interface WeightedLayer {
  /** `conv1_1`, `fc2`. */
  readonly name: string;
  /** A convolution's [height, width, in, out], a fully connected layer's [in, out]. */
  readonly weights: Variable;
  readonly biases: Variable;
  readonly normalization: BatchNormalizationVariables | null;
}

export interface BatchNormalizationVariables {
  readonly scale: Variable;
  readonly offset: Variable;
  readonly mean: Variable;
  readonly variance: Variable;
  readonly epsilon: number;
}

/** The variables of a model, in order. */
export interface ModelLayers {
  readonly convolutions: readonly WeightedLayer[];
  readonly dense: readonly WeightedLayer[];
  /** Height, width, channels of what the first fully connected layer gets flattened. */
  readonly flattened: ConcreteShape;
  /** Which network of `tf.models` it is, however wide; null for one's own. */
  readonly modelName: ModelName | null;
}

/** What a model of `tf.models` is made of. @throws ValueError when its variables are not in layers. */
export function layersOf(model: Model): ModelLayers {
  const layers: Variable[][] = [];
  for (const variable of model.parameters) {
    if (variable.rank > 1) layers.push([variable]);
    else (layers.at(-1) ?? layers[layers.push([]) - 1]!).push(variable);
  }
  const described = layers.map((variables) => describe(variables));
  const convolutions = described.filter(({ weights }) => weights.rank === 4);
  const dense = described.filter(({ weights }) => weights.rank === 2);
  return {
    convolutions,
    dense,
    flattened: model.features.shape.slice(1).map((dimension) => dimension ?? 0),
    modelName: nameOf(convolutions.length, dense.length),
  };
}

/** Each network of `tf.models` has another number of convolutions. */
function nameOf(convolutions: number, dense: number): ModelName | null {
  const known = Object.values(architectures).find(
    ({ features, dense: widths }) =>
      features.filter(({ kind }) => kind === "conv").length === convolutions && widths.length + 1 === dense,
  );
  return known?.name ?? null;
}

function describe(variables: readonly Variable[]): WeightedLayer {
  const [weights, ...vectors] = variables;
  const find = (...names: string[]): Variable | undefined =>
    vectors.find(({ op }) => names.includes(lastPart(op.name)));
  const biases = find("biases", "bias");
  const scale = find("gamma");
  const offset = find("beta");
  if (weights === undefined || biases === undefined || (scale === undefined) !== (offset === undefined)) {
    throw new ValueError({
      problem: "the model's parameters are not in layers of weights and biases.",
      operands: variables.map(({ op, shape }) => ({ name: op.name, value: `[${shape.join(", ")}]` })),
      fix: "pass a model of tf.models.",
    });
  }
  const name = lastPart(scopeOf(weights.op.name));
  const normalization = scale === undefined || offset === undefined ? null : describeNormalization(scale, offset);
  return { name, weights, biases, normalization };
}

/** The running statistics are no parameters: they are found beside the scale by their names. */
function describeNormalization(scale: Variable, offset: Variable): BatchNormalizationVariables {
  const scope = scopeOf(scale.op.name);
  const beside = globalVariables(scale.graph).filter(({ op }) => scopeOf(op.name) === scope);
  const mean = beside.find(({ op }) => lastPart(op.name) === "moving_mean");
  const variance = beside.find(({ op }) => lastPart(op.name) === "moving_variance");
  const normalization = scale.graph.operations.find(
    ({ type, inputs }) => type === "FusedBatchNorm" && inputs[1] === scale,
  );
  if (mean === undefined || variance === undefined || normalization === undefined) {
    throw new ValueError({
      problem: `there are no running statistics beside "${scale.op.name}".`,
      fix: "pass a model of tf.models.",
    });
  }
  return { scale, offset, mean, variance, epsilon: (normalization.attrs as FusedBatchNormAttrs).epsilon };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function scopeOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("/"), 0));
}
