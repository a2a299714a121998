import type { AxisProblem, Gather as Gathered } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import type { AxisAttrs, AxisGeometry } from "./concat.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";
import type { SplitOptions } from "./split.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor, toTensorOf } from "./shared/to-tensor.ts";

export const Gather: OpDef<"GatherV2", ["params", "indices"], AxisAttrs, AxisGeometry> = defineOp({
  name: "GatherV2",
  inputs: ["params", "indices"],
  infer: ({ params, indices }, attrs) => {
    requireDType("indices", indices, "int32");
    const axis = requireAxis(attrs.axis, params.shape, "params");
    return { shape: params.shape.toSpliced(axis, 1, ...indices.shape), dtype: params.dtype };
  },
  geometry: ({ params }, { axis }) => ({ axis: requireAxis(axis, params.shape, "params") }),
  gradient: ({ inputs: { params, indices }, attrs: { axis }, dy }, ops) => ({
    params: ops.gatherGrad(dy, indices, params, axis),
    indices: null,
  }),
});

/**
 * The slices of `params` along an axis that `indices` name, in their order and shape.
 *
 * @param params any dtype, `[...before, n, ...after]`.
 * @param indices int32 of any shape, each 0 .. n - 1. One outside gives zeros, as TensorFlow does on a GPU.
 * @returns `[...before, ...indices.shape, ...after]`.
 * @throws ShapeError when params has no such axis (default 0). @throws DTypeError when indices are not int32.
 */
export function gather<const P extends TensorLike, const I extends TensorLike, const Axis extends number = 0>(
  params: P,
  indices: I,
  options: SplitOptions<Axis, AxisProblem<"gather", ShapeOf<P>, Axis>> = {},
): Tensor<Gathered<ShapeOf<P>, ShapeOf<I>, Axis>, DTypeOf<P>> {
  const table = toTensor(params);
  const which = toTensorOf(indices, "int32", "gather: indices", table.graph);
  return apply(Gather, { params: table, indices: which }, { axis: (options.axis as number | undefined) ?? 0 }, options);
}
