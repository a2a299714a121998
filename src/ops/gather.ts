import type { AxisProblem, Checked, Gather as Gathered } from "../core/shape-types.ts";
import { dimensionsAgree, formatShape, sizeOf } from "../core/shape.ts";
import type { ConcreteSpec, OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { requireAxis } from "./shared/axes.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireValue } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor, toTensorOf } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface GatherAttrs {
  readonly axis: number;
  /** Leading axes that params and indices have in common: each of their entries is looked up by itself. */
  readonly batchDims: number;
}

/** Params as `[batch, outer, rows, inner]`, indices as `[batch, count]`, the result as `[batch, outer, count, inner]`. */
export interface GatherGeometry {
  readonly batch: number;
  readonly outer: number;
  readonly rows: number;
  readonly count: number;
  readonly inner: number;
}

export const Gather: OpDef<"GatherV2", ["params", "indices"], GatherAttrs, GatherGeometry> = defineOp({
  name: "GatherV2",
  calledAs: "gather",
  inputs: ["params", "indices"],
  infer: ({ params, indices }, attrs) => {
    requireDType("indices", indices, "int32");
    const { axis, batchDims } = requireGather(params, indices, attrs);
    const batch = params.shape.slice(0, batchDims).map((dimension, at) => dimension ?? indices.shape[at]!);
    const [before, after] = [params.shape.slice(batchDims, axis), params.shape.slice(axis + 1)];
    return { shape: [...batch, ...before, ...indices.shape.slice(batchDims), ...after], dtype: params.dtype };
  },
  geometry: ({ params, indices }, attrs) => geometryOfGather(params, indices, attrs),
  gradient: ({ inputs: { params, indices }, attrs, dy }, ops) => ({
    params: ops.gatherGrad(dy, indices, params, attrs),
    indices: null,
  }),
});

/** The attributes with the axis counted from the front. @throws OpProblem when they do not fit the operands. */
function requireGather(params: TensorSpec, indices: TensorSpec, attrs: GatherAttrs): GatherAttrs {
  const axis = requireAxis(attrs.axis, params.shape, "params");
  const { batchDims } = attrs;
  const most = Math.min(axis, indices.shape.length);
  requireValue(
    Number.isInteger(batchDims) && batchDims >= 0 && batchDims <= most,
    `batchDims is ${batchDims}.`,
    `use 0 to ${most}: no more than indices have axes, and all before the axis of params.`,
  );
  const [ours, theirs] = [params.shape.slice(0, batchDims), indices.shape.slice(0, batchDims)];
  if (ours.some((dimension, at) => !dimensionsAgree(dimension, theirs[at]!))) {
    throw new OpProblem("shape", `params begin with ${formatShape(ours)}, indices with ${formatShape(theirs)}.`, {
      fix: `the first ${batchDims} (batchDims) dimensions of both must be the same.`,
    });
  }
  return { axis, batchDims };
}

export function geometryOfGather(params: ConcreteSpec, indices: ConcreteSpec, attrs: GatherAttrs): GatherGeometry {
  const { axis, batchDims } = requireGather(params, indices, attrs);
  return {
    batch: sizeOf(params.shape.slice(0, batchDims)),
    outer: sizeOf(params.shape.slice(batchDims, axis)),
    rows: params.shape[axis]!,
    count: sizeOf(indices.shape.slice(batchDims)),
    inner: sizeOf(params.shape.slice(axis + 1)),
  };
}

export interface GatherOptions<Axis extends number, BatchDims extends number, Problem> extends OpOptions {
  /** Negative ones count from the end; default `batchDims`. */
  readonly axis?: Checked<Axis, Problem> | undefined;
  /** How many leading axes params and indices have in common, each of whose entries is looked up by itself; default 0. */
  readonly batchDims?: BatchDims | undefined;
}

/**
 * The slices of `params` along an axis that `indices` name, in their order and shape.
 *
 * @param params any dtype, `[...batch, ...before, n, ...after]`.
 * @param indices int32, `[...batch, ...which]`, each 0 .. n - 1. One outside gives zeros, as TensorFlow does on a GPU.
 * @returns `[...batch, ...before, ...which, ...after]`; without batch dimensions `[...before, ...indices.shape, ...after]`.
 * @throws ShapeError when params has no such axis, or the batch dimensions differ. @throws DTypeError when indices are not
 * int32. @throws ValueError when batchDims is no such number.
 * @see TensorFlow, tf.gather.
 */
export function gather<
  const P extends TensorLike,
  const I extends TensorLike,
  const BatchDims extends number = 0,
  const Axis extends number = BatchDims,
>(
  params: P,
  indices: I,
  options: GatherOptions<Axis, BatchDims, AxisProblem<"gather", ShapeOf<P>, Axis>> = {},
): Tensor<Gathered<ShapeOf<P>, ShapeOf<I>, Axis, BatchDims>, DTypeOf<P>> {
  requireOptions("gather", options, "axis");
  const table = toTensor(params);
  const which = toTensorOf(indices, "int32", "gather: indices", table.graph);
  const batchDims = options.batchDims ?? 0;
  const attrs = { axis: (options.axis as number | undefined) ?? batchDims, batchDims };
  return apply(Gather, { params: table, indices: which }, attrs, options);
}
