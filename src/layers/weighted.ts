import type { Tensor } from "../graph/tensor.ts";
import { biasAdd, conv2d as conv2dOp, matmul } from "../ops/index.ts";
import { regularize, type Regularizer } from "./collections.ts";
import { glorotUniform, type Initializer } from "./initializers.ts";
import { lastDimension, requireArguments, requirePair, requireSize } from "./requirements.ts";
import { biasesOf, inLayer, weightsOf } from "./variables.ts";

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
  requireArguments("conv2d", x, options, "filters");
  const { padding = "SAME", kernelInitializer = glorotUniform } = options;
  const filters = requireSize("conv2d", "filters", options.filters);
  const [height, width] = requirePair("conv2d", "kernelSize", options.kernelSize);
  const [down, across] = requirePair("conv2d", "strides", options.strides ?? 1);
  const channels = lastDimension("conv2d", x);
  return inLayer(x, options.name ?? "conv2d", () => {
    const weights = weightsOf([height, width, channels, filters], kernelInitializer);
    regularize(weights, options.kernelRegularizer);
    return finished(conv2dOp(x, weights as Tensor, { strides: [1, down, across, 1], padding }), filters, options);
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
  requireArguments("dense", x, options, "units");
  const { kernelInitializer = glorotUniform } = options;
  const units = requireSize("dense", "units", options.units);
  const inputs = lastDimension("dense", x);
  return inLayer(x, options.name ?? "dense", () => {
    const weights = weightsOf([inputs, units], kernelInitializer);
    regularize(weights, options.kernelRegularizer);
    return finished(matmul(x, weights as Tensor), units, options);
  });
}

function finished(
  sum: Tensor,
  units: number,
  { useBias = true, biasInitializer, activation }: WeightedOptions,
): Tensor {
  const biased = useBias ? biasAdd(sum, biasesOf(units, biasInitializer)) : sum;
  return activation === undefined ? biased : activation(biased);
}
