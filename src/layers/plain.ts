import { ShapeError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import { getDefaultGraph } from "../graph/graph.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  avgPool,
  dropout as dropoutOp,
  fusedBatchNorm,
  maxPool,
  ones,
  reshape,
  updateRunningStatistics,
  zeros,
} from "../ops/index.ts";
import { UPDATE_OPS } from "./collections.ts";
import { layerVariable } from "./variables.ts";
import { lastDimension } from "./weighted.ts";

export interface BatchNormalizationOptions {
  /** Whether the batch's own statistics are used, and the running ones moved; default false. */
  readonly training?: boolean;
  /** How much of the running statistics stays at each step; default 0.99. */
  readonly momentum?: number;
  /** Keeps the divisor away from 0; default 0.001. */
  readonly epsilon?: number;
  readonly name?: string;
}

/**
 * Batch normalization over all axes but the last: variables `gamma`, `beta`, and not trainable `moving_mean`,
 * `moving_variance`, whose updates are in the collection `update_ops`.
 * @param x float32 `[batch, ..., channels]`, channels known.
 */
export function batchNormalization(x: Tensor, options: BatchNormalizationOptions = {}): Tensor {
  const { training = false, momentum = 0.99, epsilon = 1e-3 } = options;
  const shape = [lastDimension(x, "batchNormalization")];
  return getDefaultGraph().nameScope(options.name ?? "batch_normalization", () => {
    const scale = layerVariable({ name: "gamma", shape, initial: () => ones(shape) });
    const offset = layerVariable({ name: "beta", shape, initial: () => zeros(shape) });
    const mean = layerVariable({ name: "moving_mean", shape, trainable: false, initial: () => zeros(shape) });
    const variance = layerVariable({ name: "moving_variance", shape, trainable: false, initial: () => ones(shape) });
    const result = fusedBatchNorm(x, scale, offset, { mean, variance, epsilon, isTraining: training });
    if (training) {
      const update = updateRunningStatistics({ mean, variance }, result, { decay: momentum });
      x.graph.addToCollection(UPDATE_OPS, update);
    }
    return result.y;
  });
}

export interface DropoutOptions {
  /** Part that is dropped, from 0 to below 1; default 0.5. */
  readonly rate?: number | Tensor;
  /** Whether anything is dropped; default false. */
  readonly training?: boolean;
  /** 1 for each dimension along which choices are shared, else null: `[null, 1, 1, null]` drops whole channels of images. */
  readonly noiseShape?: readonly (number | null)[];
  readonly name?: string;
}

/** Dropout when training, else x itself. */
export function dropout(
  x: Tensor,
  { rate = 0.5, training = false, noiseShape, name = "dropout" }: DropoutOptions = {},
): Tensor {
  return training ? dropoutOp(x, { rate, name, ...(noiseShape === undefined ? {} : { noiseShape }) }) : x;
}

export interface Pooling2DOptions {
  /** Height and width of the window. */
  readonly poolSize: number;
  /** Default: `poolSize`. */
  readonly strides?: number;
  /** Default VALID. */
  readonly padding?: "SAME" | "VALID";
  readonly name?: string;
}

/** The largest element of each window. @param x `[batch, height, width, channels]`. */
export function maxPooling2d(x: Tensor, options: Pooling2DOptions): Tensor {
  return maxPool(x, { ...windowOf(options), name: options.name ?? "max_pooling2d" });
}

/** The mean of each window. @param x `[batch, height, width, channels]`. */
export function averagePooling2d(x: Tensor, options: Pooling2DOptions): Tensor {
  return avgPool(x, { ...windowOf(options), name: options.name ?? "average_pooling2d" });
}

function windowOf({ poolSize, strides = poolSize, padding = "VALID" }: Pooling2DOptions): {
  ksize: [1, number, number, 1];
  strides: [1, number, number, 1];
  padding: "SAME" | "VALID";
} {
  return { ksize: [1, poolSize, poolSize, 1], strides: [1, strides, strides, 1], padding };
}

/** `[batch, ...]` as `[batch, product of the rest]`. @throws ShapeError when one of the rest is unknown. */
export function flatten(x: Tensor, { name = "flatten" }: { readonly name?: string } = {}): Tensor {
  let size = 1;
  for (const dimension of x.shape.slice(1)) {
    if (dimension === null) {
      throw new ShapeError({
        problem: "layers.flatten: only the batch may be unknown.",
        operands: [{ name: x.name, value: formatShape(x.shape) }],
        fix: "give the placeholder its height, width and channels.",
        site: x.op.site,
      });
    }
    size *= dimension;
  }
  return reshape(x, [-1, size], { name });
}
