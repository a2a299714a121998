import type { Checked, ImagesProblem, Pool } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import {
  inferPool,
  type PoolAttrs,
  poolAttrs,
  type PoolGeometry,
  poolGeometry,
  type PoolOptions,
} from "./shared/pool-window.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

/** Outputs: the maxima, and which cell of its window each came from (row by row), so that going back takes one pass. */
export const MaxPool: OpDef<"MaxPool", ["images"], PoolAttrs, PoolGeometry> = defineOp({
  name: "MaxPool",
  inputs: ["images"],
  infer: ({ images }, attrs) => {
    const pooled = inferPool(images, attrs);
    return [pooled, { shape: pooled.shape, dtype: attrs.ksize[1] * attrs.ksize[2] <= 256 ? "uint8" : "int32" }];
  },
  geometry: ({ images }, attrs) => poolGeometry(images, attrs),
  gradient: ({ inputs: { images }, attrs, ys, dy }, ops) => ({ images: ops.maxPoolGrad(dy, ys[1]!, images, attrs) }),
});

/**
 * The maximum of every window. Padding never wins. Among equal cells the first one, row by row, gets the gradient; a
 * NaN in the window is its maximum.
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @returns float32 `[batch, rows, columns, channels]`, rows and columns as `padding` says.
 * @throws ShapeError when the images do not have rank 4. @throws ValueError when ksize, strides or padding are no window.
 * @see TensorFlow, tf.nn.max_pool.
 */
export function maxPool<const X extends TensorLike>(
  images: Checked<X, ImagesProblem<"maxPool", ShapeOf<X>>>,
  options: PoolOptions,
): Tensor<Pool<ShapeOf<X>>, "float32"> {
  requireOptions("maxPool", options, "ksize");
  return apply(MaxPool, { images: toTensor(images) }, poolAttrs(options), options);
}
