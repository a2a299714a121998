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

export const AvgPool: OpDef<"AvgPool", ["images"], PoolAttrs, PoolGeometry> = defineOp({
  name: "AvgPool",
  inputs: ["images"],
  infer: ({ images }, attrs) => inferPool(images, attrs),
  geometry: ({ images }, attrs) => poolGeometry(images, attrs),
  gradient: ({ inputs: { images }, attrs, dy }, ops) => ({ images: ops.avgPoolGrad(dy, images, attrs) }),
});

/**
 * The mean of every window, over the cells that are in the image: padding does not count, as in TensorFlow (PyTorch
 * counts it unless `count_include_pad=False`).
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @returns float32 `[batch, rows, columns, channels]`, rows and columns as `padding` says.
 * @throws ShapeError when the images do not have rank 4. @throws ValueError when ksize, strides or padding are no window.
 * @see TensorFlow, tf.nn.avg_pool.
 */
export function avgPool<const X extends TensorLike>(
  images: Checked<X, ImagesProblem<"avgPool", ShapeOf<X>>>,
  options: PoolOptions,
): Tensor<Pool<ShapeOf<X>>, "float32"> {
  requireOptions("avgPool", options, "ksize");
  return apply(AvgPool, { images: toTensor(images) }, poolAttrs(options), options);
}
