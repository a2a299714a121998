import type { Checked, TopK as TopKShape, TopKProblem } from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { applyOp, defineOp, type OpOptions } from "./shared/define-op.ts";
import type { GatherAttrs } from "./gather.ts";
import { requireDType, requireRank, requireValue } from "./shared/requirements.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

export interface TopKAttrs {
  readonly k: number;
}

export const TopK: OpDef<"TopKV2", ["x"], TopKAttrs> = defineOp({
  name: "TopKV2",
  calledAs: "topK",
  inputs: ["x"],
  infer: ({ x }, { k }) => {
    requireDType("x", x, "float32", "int32", "uint8");
    requireRank("x", x, { atLeast: 1 });
    requireValue(Number.isInteger(k) && k >= 0, `k is ${k}.`, "use an integer of 0 or more.");
    const last = x.shape.at(-1) ?? null;
    if (last !== null && k > last) {
      throw new OpProblem("shape", `the last axis has ${last} elements, k is ${k}.`, {
        fix: `make k ${last} or less.`,
      });
    }
    const shape: Shape = [...x.shape.slice(0, -1), k];
    return [
      { shape, dtype: x.dtype },
      { shape, dtype: "int32" },
    ];
  },
  gradient: ({ inputs: { x }, ys, dys }, ops) => {
    const [dy = null] = dys;
    return { x: dy === null ? null : ops.gatherGrad(dy, ys[1]!, x, lastOfRow(x)) };
  },
});

/** Indices of their own for every row. */
function lastOfRow({ rank }: Tensor): GatherAttrs {
  return { axis: rank - 1, batchDims: rank - 1 };
}

/**
 * The k largest elements of each row along the last axis, in descending order, and where they were.
 *
 * Of equal elements the one with the lower index comes first. NaN counts as larger than anything, as in PyTorch.
 *
 * @param x float32, int32 or uint8, `[...batch, n]`.
 * @param k 0 to n.
 * @returns values and indices (int32), both `[...batch, k]`.
 * @throws ShapeError when x is a scalar or n < k. @throws ValueError when k is no such number.
 */
export function topK<const X extends TensorLike, const K extends number = 1>(
  x: Checked<X, TopKProblem<ShapeOf<X>>>,
  k: K = 1 as K,
  options: OpOptions = {},
): {
  readonly values: Tensor<TopKShape<ShapeOf<X>, K>, DTypeOf<X>>;
  readonly indices: Tensor<TopKShape<ShapeOf<X>, K>, "int32">;
} {
  const [values, indices] = applyOp(TopK, { x: toTensor(x) }, { k }, options).outputs;
  return {
    values: values as Tensor<TopKShape<ShapeOf<X>, K>, DTypeOf<X>>,
    indices: indices as Tensor<TopKShape<ShapeOf<X>, K>, "int32">,
  };
}
