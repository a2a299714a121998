import type { Checked, LengthProblem, Slice as Sliced } from "../core/shape-types.ts";
import { formatShape, type Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireValue, requireList } from "./shared/requirements.ts";
import { NO_MASKS, type SliceGeometry, type StridedSliceAttrs } from "./shared/slice-spec.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface SliceAttrs {
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

export const Slice: OpDef<"Slice", ["x"], SliceAttrs, SliceGeometry> = defineOp({
  name: "Slice",
  inputs: ["x"],
  infer: ({ x }, attrs) => ({ shape: sliceShape(x.shape, attrs), dtype: x.dtype }),
  geometry: ({ x }, attrs) => ({
    begin: attrs.begin,
    strides: attrs.begin.map(() => 1),
    sizes: sliceShape(x.shape, attrs).map((size) => size ?? 0),
  }),
  isIdentity: ({ x }, attrs) => sliceShape(x.shape, attrs).every((size, axis) => size === x.shape[axis]),
  gradient: ({ inputs: { x }, attrs, dy }, ops) => ({ x: ops.stridedSliceGrad(dy, x, asStrided(attrs)) }),
});

/**
 * The box of `size` elements from `begin` on.
 *
 * @param begin one index for each axis, 0 or more.
 * @param size one count for each axis; -1 is everything from `begin` to the end.
 * @throws ShapeError when the box does not lie inside x. @throws ValueError when the lists are no such numbers.
 */
export function slice<const X extends TensorLike, const Size extends readonly number[]>(
  x: X,
  begin: readonly number[],
  size: Checked<Size, LengthProblem<"slice", ShapeOf<X>, "size", Size>>,
  options: OpOptions = {},
): Tensor<Sliced<ShapeOf<X>, Size>, DTypeOf<X>> {
  return apply(Slice, { x: toTensor(x) }, { begin, size: size as readonly number[] }, options);
}

function sliceShape(shape: Shape, { begin, size }: SliceAttrs): Shape {
  requireList("begin", begin, "pass one index for each axis.");
  requireList("size", size, "pass one count for each axis.");
  const isList = (list: readonly number[], least: number): boolean =>
    list.length === shape.length && list.every((item) => Number.isInteger(item) && item >= least);
  requireValue(
    isList(begin, 0) && isList(size, -1),
    `begin [${begin.join(", ")}] and size [${size.join(", ")}] are no box of ${formatShape(shape)}.`,
    `pass ${shape.length} integers each: begin 0 or more, size -1 (the rest) or more.`,
  );
  return shape.map((dimension, axis) => {
    const [from, count] = [begin[axis]!, size[axis]!];
    if (dimension === null) return count < 0 ? null : count;
    if (from + Math.max(count, 0) <= dimension) return count < 0 ? dimension - from : count;
    throw new OpProblem(
      "shape",
      `axis ${axis} has ${dimension} elements, the box ends at ${from + Math.max(count, 0)}.`,
      {
        fix: "keep begin + size within the shape.",
      },
    );
  });
}

function asStrided({ begin, size }: SliceAttrs): StridedSliceAttrs {
  const toTheEnd = size.reduce((mask, count, axis) => (count < 0 ? mask | (1 << axis) : mask), 0);
  return {
    ...NO_MASKS,
    begin,
    end: size.map((count, axis) => begin[axis]! + Math.max(count, 0)),
    strides: begin.map(() => 1),
    endMask: toTheEnd,
  };
}
