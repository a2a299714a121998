import { ShapeError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import { getDefaultGraph } from "../graph/graph.ts";
import type { Tensor } from "../graph/tensor.ts";
import { biasAdd, conv2d as conv2dOp, matmul, zeros } from "../ops/index.ts";
import { regularize, type Regularizer } from "./collections.ts";
import { glorotUniform, type Initializer } from "./initializers.ts";
import { layerVariable } from "./variables.ts";

/** What layers with weights have in common. */
export interface WeightedOptions {
  /** What the result goes through, `tf.nn.relu`; default: nothing. */
  readonly activation?: (x: Tensor) => Tensor;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default: Glorot's uniform distribution, as in TensorFlow. */
  readonly kernelInitializer?: Initializer;
  /** Default zeros. */
  readonly biasInitializer?: Initializer;
  /** Adds a term to the loss, see `regularizationLoss`. */
  readonly kernelRegularizer?: Regularizer;
  /** Scope of the layer's operations and variables. */
  readonly name?: string;
}

export interface Conv2DOptions extends WeightedOptions {
  /** Output channels. */
  readonly filters: number;
  /** Height and width of the kernel, or one number for both. */
  readonly kernelSize: number | readonly [number, number];
  /** Default 1. */
  readonly strides?: number | readonly [number, number];
  /** Default SAME. (TensorFlow's layer says "valid"; its op, and Millrace, have no default that surprises less.) */
  readonly padding?: "SAME" | "VALID";
}

/**
 * A convolution with its own kernel `[height, width, in, filters]` and bias: variables `weights` and `biases`.
 * @param x float32 `[batch, height, width, channels]`, channels known.
 * @throws ShapeError when channels are unknown.
 */
export function conv2d(x: Tensor, options: Conv2DOptions): Tensor {
  const { filters, padding = "SAME", kernelInitializer = glorotUniform } = options;
  const [height, width] = pair(options.kernelSize);
  const [down, across] = pair(options.strides ?? 1);
  const channels = lastDimension(x, "conv2d");
  return getDefaultGraph().nameScope(options.name ?? "conv2d", () => {
    const shape = [height, width, channels, filters];
    const initial = (): Tensor => kernelInitializer(shape, height * width * channels, height * width * filters);
    const weights = layerVariable({ name: "weights", shape, initial });
    regularize(weights, options.kernelRegularizer);
    const sum = conv2dOp(x, weights as Tensor, { strides: [1, down, across, 1], padding });
    return finished(sum, filters, options);
  });
}

export interface DenseOptions extends WeightedOptions {
  /** Outputs. */
  readonly units: number;
}

/**
 * A fully connected layer, x W + b: variables `weights` `[in, units]` and `biases`.
 * @param x float32 `[batch, in]`, `in` known. @throws ShapeError when it is not.
 */
export function dense(x: Tensor, options: DenseOptions): Tensor {
  const { units, kernelInitializer = glorotUniform } = options;
  const inputs = lastDimension(x, "dense");
  return getDefaultGraph().nameScope(options.name ?? "dense", () => {
    const shape = [inputs, units];
    const weights = layerVariable({ name: "weights", shape, initial: () => kernelInitializer(shape, inputs, units) });
    regularize(weights, options.kernelRegularizer);
    return finished(matmul(x, weights as Tensor), units, options);
  });
}

function finished(
  sum: Tensor,
  units: number,
  { useBias = true, biasInitializer, activation }: WeightedOptions,
): Tensor {
  const initial = (): Tensor => biasInitializer?.([units], units, units) ?? zeros([units]);
  const biased = useBias ? biasAdd(sum, layerVariable({ name: "biases", shape: [units], initial })) : sum;
  return activation === undefined ? biased : activation(biased);
}

function pair(size: number | readonly [number, number]): readonly [number, number] {
  return typeof size === "number" ? [size, size] : size;
}

/** @throws ShapeError when it is unknown: it is a dimension of the weights. */
export function lastDimension(x: Tensor, layer: string): number {
  const last = x.shape.at(-1);
  if (typeof last === "number") return last;
  throw new ShapeError({
    problem: `layers.${layer}: the last dimension of the input must be known, the weights have it.`,
    operands: [{ name: x.name, value: formatShape(x.shape) }],
    fix: "give the placeholder its channels, or reshape the input.",
    site: x.op.site,
  });
}
