import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { inferPool, type PoolAttrs, type PoolGeometry, poolGeometry } from "./shared/pool-window.ts";

export const MaxPoolGrad: OpDef<"MaxPoolGrad", ["dy", "winners", "images"], PoolAttrs, PoolGeometry> = defineOp({
  name: "MaxPoolGrad",
  inputs: ["dy", "winners", "images"],
  shapeOnly: ["images"],
  infer: ({ images }, attrs) => {
    inferPool(images, attrs);
    return { shape: images.shape, dtype: "float32" };
  },
  geometry: ({ images }, attrs) => poolGeometry(images, attrs),
  gradient: ({ inputs: { winners }, attrs, dy }, ops) => ({
    dy: ops.maxPoolGradGrad(dy, winners, attrs),
    winners: null,
    images: null,
  }),
});

/**
 * The gradient of `maxPool`: every dy goes to the cell that won its window; a cell gets the sum over its windows.
 *
 * @param dy, winners `[batch, rows, columns, channels]`. @param images read for its shape only, which is the result's.
 */
export function maxPoolGrad(dy: Tensor, winners: Tensor, images: Tensor, attrs: PoolAttrs): Tensor {
  return apply(MaxPoolGrad, { dy, winners, images }, attrs);
}
