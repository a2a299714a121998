import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { type SliceGeometry, type StridedSliceAttrs, stridedSliceGeometry } from "./shared/slice-spec.ts";

/** Zeros in the shape of `x`, with dy where the slice was taken from. */
export const StridedSliceGrad: OpDef<"StridedSliceGrad", ["dy", "x"], StridedSliceAttrs, SliceGeometry> = defineOp({
  name: "StridedSliceGrad",
  flops: () => 0,
  inputs: ["dy", "x"],
  shapeOnly: ["x"],
  infer: ({ dy, x }) => ({ shape: x.shape, dtype: dy.dtype }),
  geometry: ({ x }, attrs) => stridedSliceGeometry(x.shape, attrs),
  gradient: ({ attrs, dy }, ops) => ({ dy: ops.stridedSlice(dy, attrs.begin, attrs.end, attrs), x: null }),
});

/** The gradient of `slice` and `stridedSlice`; reads only the shape of `x`. */
export function stridedSliceGrad(dy: Tensor, x: Tensor, attrs: StridedSliceAttrs): Tensor {
  return apply(StridedSliceGrad, { dy, x }, attrs);
}
