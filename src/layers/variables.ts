import { GraphError } from "../core/errors.ts";
import { type ConcreteShape, formatShape, isCompatible, sizeOf } from "../core/shape.ts";
import { requireBuild, requireBuilt } from "../graph/build-function.ts";
import type { Tensor } from "../graph/tensor.ts";
import { variable, type Variable, zeros } from "../ops/index.ts";
import type { Initializer } from "./initializers.ts";

/** What the layers inside `collectVariables` make, or inside `reuseVariables` are given. */
interface Scope {
  readonly made: Variable[];
  /** Variables to take in this order; null: new ones are made. */
  readonly given: readonly Variable[] | null;
}

const scopes: Scope[] = [];

export interface LayerVariable {
  readonly name: string;
  readonly shape: ConcreteShape;
  readonly trainable?: boolean;
  /** Called for new variables only. */
  readonly initial: () => Tensor;
}

/**
 * A layer's variable: a new one, or inside `reuseVariables` the next of those.
 * @throws GraphError when that one has another shape, or there is none left.
 */
export function layerVariable({ name, shape, trainable = true, initial }: LayerVariable): Variable {
  const scope = scopes.at(-1);
  if (scope === undefined || scope.given === null) {
    const made: Variable = variable(initial(), { name, trainable });
    scope?.made.push(made);
    return made;
  }
  const next = scope.given[scope.made.length];
  if (next === undefined || !isCompatible(next.shape, shape)) {
    throw new GraphError({
      problem: `reuseVariables: variable ${scope.made.length}, "${name}", is not one of those to be used again.`,
      operands: [
        { name, value: formatShape(shape), note: "wanted" },
        { name: next?.op.name ?? "none left", value: next === undefined ? "" : formatShape(next.shape), note: "given" },
      ],
      fix: "build the same layers in the same order.",
    });
  }
  scope.made.push(next);
  return next;
}

/**
 * The kernel of a convolution, `[height, width, in, out]`, or of a fully connected layer, `[in, out]`. Each output sums
 * `in` numbers for each pixel of the kernel, each input goes into `out` for each.
 */
export function weightsOf(shape: ConcreteShape, initializer: Initializer): Variable {
  const pixels = sizeOf(shape.slice(0, -2));
  const [fanIn, fanOut] = shape.slice(-2).map((channels) => pixels * channels) as [number, number];
  return layerVariable({ name: "weights", shape, initial: () => initializer(shape, fanIn, fanOut) });
}

export function biasesOf(units: number, initializer: Initializer = (shape) => zeros(shape)): Variable {
  return layerVariable({ name: "biases", shape: [units], initial: () => initializer([units], units, units) });
}

/** Builds a layer in the graph of its input, which is where its variables and what its functions make have to be. */
export function inLayer(x: Tensor, name: string, build: () => Tensor): Tensor {
  return x.graph.asDefault((graph) => graph.nameScope(name, build));
}

/** Whether layers use variables again that are there already. */
export function isReusing(): boolean {
  return (scopes.at(-1)?.given ?? null) !== null;
}

/**
 * Builds layers, and says which variables they made, in order. Networks of `tf.models` are made of such layers.
 * @throws GraphError when `build` is asynchronous.
 */
export function collectVariables<T>(build: () => T): { readonly result: T; readonly variables: readonly Variable[] } {
  requireBuild("collectVariables", build);
  const scope: Scope = { made: [], given: null };
  const result = requireBuilt("collectVariables", within(scope, build));
  scopes.at(-1)?.made.push(...scope.made);
  return { result, variables: scope.made };
}

/**
 * Builds layers again on variables that `collectVariables` found, which they take in order: a network that is trained
 * with dropout and the batch's statistics, and the same network as it is used.
 * @throws GraphError when the layers need others, or `build` is asynchronous.
 */
export function reuseVariables<T>(variables: readonly Variable[], build: () => T): T {
  requireBuild("reuseVariables", build, "variables, ");
  const scope: Scope = { made: [], given: variables };
  const result = requireBuilt("reuseVariables", within(scope, build));
  if (scope.made.length === variables.length) return result;
  throw new GraphError({
    problem: `reuseVariables: ${scope.made.length} of ${variables.length} variables were used.`,
    fix: "build the same layers in the same order.",
  });
}

function within<T>(scope: Scope, build: () => T): T {
  scopes.push(scope);
  try {
    return build();
  } finally {
    scopes.pop();
  }
}
