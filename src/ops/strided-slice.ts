import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import {
  NO_MASKS,
  type SliceGeometry,
  type StridedSliceAttrs,
  stridedSliceGeometry,
  stridedSliceShape,
} from "./shared/slice-spec.ts";
import { type DTypeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireListOf } from "./shared/requirements.ts";

export const StridedSlice: OpDef<"StridedSlice", ["x"], StridedSliceAttrs, SliceGeometry> = defineOp({
  name: "StridedSlice",
  inputs: ["x"],
  infer: ({ x }, attrs) => ({ shape: stridedSliceShape(x.shape, attrs), dtype: x.dtype }),
  geometry: ({ x }, attrs) => stridedSliceGeometry(x.shape, attrs),
  isIdentity: ({ x }, attrs) => {
    const { strides, sizes } = stridedSliceGeometry(x.shape, attrs);
    return sizes.every((size, axis) => size === x.shape[axis] && (strides[axis]! > 0 || size === 1));
  },
  gradient: ({ inputs: { x }, attrs, dy }, ops) => ({ x: ops.stridedSliceGrad(dy, x, attrs) }),
});

/** Bit i of a mask speaks of entry i of the lists. */
export interface StridedSliceOptions extends OpOptions {
  /** Step from element to element, negative ones go backwards; default 1. */
  readonly strides?: readonly number[];
  /** Entries whose `begin` is ignored: from the first element. */
  readonly beginMask?: number;
  /** Entries whose `end` is ignored: to the last element. */
  readonly endMask?: number;
  /** The entry that stands for all axes not mentioned. */
  readonly ellipsisMask?: number;
  /** Entries that add an axis of 1. */
  readonly newAxisMask?: number;
  /** Entries that take the one element at `begin` and drop the axis. */
  readonly shrinkAxisMask?: number;
}

/**
 * Python's extended slices: `x[begin[0]:end[0]:strides[0], ...]`. Negative bounds count from the end, bounds outside are
 * moved inside; axes not mentioned come whole.
 *
 * @throws ShapeError when there are too many entries, or a single index is out of range. @throws ValueError when the
 * lists do not match, or a stride is 0.
 */
export function stridedSlice<const X extends TensorLike>(
  x: X,
  begin: readonly number[],
  end: readonly number[],
  options: StridedSliceOptions = {},
): Tensor<Shape, DTypeOf<X>> {
  requireOptions("stridedSlice", options, "strides");
  requireListOf("stridedSlice", "begin", begin, "pass one index for each axis.");
  requireListOf("stridedSlice", "end", end, "pass one index for each axis, after the last element.");
  const { name, strides = begin.map(() => 1), ...masks } = options;
  return apply(StridedSlice, { x: toTensor(x) }, { ...NO_MASKS, begin, end, strides, ...masks }, { name });
}
