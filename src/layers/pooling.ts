import type { Tensor } from "../graph/tensor.ts";
import { avgPool, maxPool } from "../ops/index.ts";
import { requireArguments, requireSize } from "./requirements.ts";

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
  return maxPool(x, { ...windowOf("maxPooling2d", x, options), name: options.name ?? "max_pooling2d" });
}

/** The mean of each window. @param x `[batch, height, width, channels]`. */
export function averagePooling2d(x: Tensor, options: Pooling2DOptions): Tensor {
  return avgPool(x, { ...windowOf("averagePooling2d", x, options), name: options.name ?? "average_pooling2d" });
}

interface PoolWindow {
  readonly ksize: readonly [1, number, number, 1];
  readonly strides: readonly [1, number, number, 1];
  readonly padding: "SAME" | "VALID";
}

function windowOf(layer: string, x: Tensor, options: Pooling2DOptions): PoolWindow {
  requireArguments(layer, x, options, "poolSize");
  const { poolSize, strides = poolSize, padding = "VALID" } = options;
  const size = requireSize(layer, "poolSize", poolSize);
  const stride = requireSize(layer, "strides", strides);
  return { ksize: [1, size, size, 1], strides: [1, stride, stride, 1], padding };
}
