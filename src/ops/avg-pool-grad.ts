import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { inferPool, type PoolAttrs, type PoolGeometry, poolGeometry } from "./shared/pool-window.ts";

export const AvgPoolGrad: OpDef<"AvgPoolGrad", ["dy", "images"], PoolAttrs, PoolGeometry> = defineOp({
  name: "AvgPoolGrad",
  inputs: ["dy", "images"],
  shapeOnly: ["images"],
  infer: ({ images }, attrs) => {
    inferPool(images, attrs);
    return { shape: images.shape, dtype: "float32" };
  },
  geometry: ({ images }, attrs) => poolGeometry(images, attrs),
  // The pool is linear, and this is its transpose: the transpose of that is the pool again.
  gradient: ({ attrs, dy }, ops) => ({ dy: ops.avgPool(dy, attrs), images: null }),
});

/**
 * The gradient of `avgPool`: every cell of a window gets its share of the window's dy.
 *
 * @param dy `[batch, rows, columns, channels]`. @param images read for its shape only, which is the result's.
 */
export function avgPoolGrad(dy: Tensor, images: Tensor, attrs: PoolAttrs): Tensor {
  return apply(AvgPoolGrad, { dy, images }, attrs);
}
