import { ShapeError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import { nameScope } from "../graph/default-graph.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { biasAdd, dropout, matmul, placeholder, relu, softmax, tanh, type Variable } from "../ops/index.ts";
import { flatten } from "../layers/plain.ts";
import { biasesOf, weightsOf } from "../layers/variables.ts";
import { type Architecture, NORMALIZATIONS, type Normalization } from "./architecture.ts";
import { buildFeatures, type FeatureOptions } from "./build-features.ts";
import { type Initializer, startOf } from "./initializer.ts";

export interface ModelOptions {
  /** float32 `[batch, height, width, channels]`; default: a placeholder `images` with an unknown batch size. */
  readonly images?: Tensor;
  /** Height and width of that placeholder; default: the paper's. */
  readonly imageSize?: number;
  /** Outputs of the last layer; default: the paper's. */
  readonly classes?: number;
  /** Default: the paper's: `lrn` for AlexNet, `none` for the others. */
  readonly normalization?: Normalization;
  /** Whether dropout drops and batch normalization uses the batch's statistics; default false. */
  readonly training?: boolean;
  /** Part of the inputs of the hidden fully connected layers that is dropped when training, from 0 to below 1; default 0.5. */
  readonly dropoutRate?: number | Tensor;
  /** Initial kernels; default: He's normal for convolutions, small normal numbers for fully connected layers behind relu. */
  readonly initializer?: Initializer;
}

/** A whole network, in the graph of its images. */
export interface Model {
  readonly images: Tensor;
  /** Unnormalized log-probabilities `[batch, classes]`. */
  readonly logits: Tensor;
  /** softmax(logits). */
  readonly probabilities: Tensor;
  /** The last pool, before flattening. */
  readonly features: Tensor;
  /** The result of every layer in order, fully connected ones included. */
  readonly activations: readonly Tensor[];
  /** Everything that training changes, in the order it was made. */
  readonly parameters: readonly Variable[];
  /** Updates of batch normalization's running statistics: group them with the training step. */
  readonly updates: readonly Operation[];
}

/**
 * @throws ShapeError when the images are too small, or have unknown height, width or channels.
 * @throws ValueError for options outside their range.
 */
export function buildModel(architecture: Architecture, options: ModelOptions): Model {
  const { training = false, dropoutRate = 0.5, classes = architecture.classes } = options;
  if (!Number.isInteger(classes) || classes < 1) {
    throw new ValueError({
      problem: `${architecture.name}: ${classes} classes.`,
      fix: "classes is a whole number from 1.",
    });
  }
  const initializer = options.initializer ?? startOf(architecture, classes);
  const size = options.imageSize ?? architecture.imageSize;
  const images =
    options.images ?? placeholder("float32", [null, size, size, architecture.channels], { name: "images" });
  requireImages(images, architecture);
  const normalization = options.normalization ?? architecture.normalization;
  if (!NORMALIZATIONS.includes(normalization)) {
    throw new ValueError({
      problem: `${architecture.name}: normalization is ${JSON.stringify(normalization)}.`,
      fix: `use ${NORMALIZATIONS.map((known) => `"${known}"`).join(", ")}.`,
    });
  }
  const build = (): Model =>
    buildLayers(images, architecture, { normalization, training, initializer, classes, dropoutRate });
  return images.graph.asDefault(build);
}

interface LayerOptions extends FeatureOptions {
  readonly classes: number;
  readonly dropoutRate: number | Tensor;
}

function buildLayers(images: Tensor, architecture: Architecture, options: LayerOptions): Model {
  const { training, initializer, classes, dropoutRate } = options;
  const features = buildFeatures(images, architecture, options);
  const parameters = [...features.parameters];
  const activations = [...features.activations];

  let x = flatten(features.output);
  const widths = [...architecture.dense, classes];
  for (const [index, width] of widths.entries()) {
    const last = index === widths.length - 1;
    // Like the paper and torchvision, dropout stands before the hidden layers, not before the last.
    const drops = training && architecture.dropout && !last;
    const inputs = drops ? dropout(x, { rate: dropoutRate, name: `dropout${index + 1}` }) : x;
    x = nameScope(`fc${index + 1}`, (scope) => {
      const weights = weightsOf([inputs.shape[1]!, width], initializer);
      const biases = biasesOf(width);
      parameters.push(weights, biases);
      const sum = biasAdd(matmul(inputs, weights), biases, last ? { name: scope } : {});
      if (last) return sum;
      return architecture.activation === "relu" ? relu(sum, { name: scope }) : tanh(sum, { name: scope });
    });
    activations.push(x);
  }
  return {
    images,
    logits: x,
    probabilities: softmax(x, { name: "probabilities" }),
    features: features.output,
    activations,
    parameters,
    updates: features.updates,
  };
}

function requireImages(images: Tensor, { name, imageSize, channels }: Architecture): void {
  const known = images.rank === 4 && images.shape.slice(1).every((dimension) => dimension !== null);
  if (known && images.dtype === "float32") return;
  throw new ShapeError({
    problem: `${name}: images must be float32 [batch, height, width, channels] with known height, width and channels.`,
    operands: [{ name: images.name, value: formatShape(images.shape), note: images.dtype }],
    fix: `for example tf.placeholder("float32", [null, ${imageSize}, ${imageSize}, ${channels}]).`,
    site: images.op.site,
  });
}
