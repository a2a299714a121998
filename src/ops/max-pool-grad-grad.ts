import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { inferPool, type PoolAttrs, type PoolGeometry, poolGeometry } from "./shared/pool-window.ts";

export const MaxPoolGradGrad: OpDef<"MaxPoolGradGrad", ["images", "winners"], PoolAttrs, PoolGeometry> = defineOp({
  name: "MaxPoolGradGrad",
  flops: () => 0,
  inputs: ["images", "winners"],
  infer: ({ images }, attrs) => inferPool(images, attrs),
  geometry: ({ images }, attrs) => poolGeometry(images, attrs),
  // Cells are picked from the images, and `maxPoolGrad` puts them back: each is the other's transpose.
  gradient: ({ inputs: { images, winners }, attrs, dy }, ops) => ({
    images: ops.maxPoolGrad(dy, winners, images, attrs),
    winners: null,
  }),
});

/**
 * The gradient of `maxPoolGrad`: of every window the cell that won, whatever is in it now.
 *
 * @param images float32 `[batch, height, width, channels]`. @param winners `[batch, rows, columns, channels]`, of `maxPool`.
 * @returns `[batch, rows, columns, channels]`.
 */
export function maxPoolGradGrad(images: Tensor, winners: Tensor, attrs: PoolAttrs): Tensor {
  return apply(MaxPoolGradGrad, { images, winners }, attrs);
}
