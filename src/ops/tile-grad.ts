import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";
import type { TileAttrs } from "./tile.ts";

/** The sum over all copies: the transpose of `Tile`. */
export const TileGrad: OpDef<"TileGrad", ["dy", "x"], TileAttrs> = defineOp({
  name: "TileGrad",
  inputs: ["dy", "x"],
  shapeOnly: ["x"],
  infer: ({ dy, x }) => {
    requireDType("dy", dy, "float32");
    return { shape: x.shape, dtype: dy.dtype };
  },
  gradient: ({ attrs: { multiples }, dy }, ops) => ({ dy: ops.tile(dy, multiples), x: null }),
});

/** The gradient of `tile`; reads only the shape of `x`. */
export function tileGrad(dy: Tensor, x: Tensor, multiples: readonly number[]): Tensor {
  return apply(TileGrad, { dy, x }, { multiples });
}
