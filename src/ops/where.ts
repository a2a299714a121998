import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import { NDArray } from "../core/ndarray.ts";
import { broadcastShapes, formatShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireBroadcast, requireDType, requireSameDType } from "./shared/requirements.ts";
import { type OperandDType, type ShapeOf, type TensorLike, toTensor, toTensorOf } from "./shared/to-tensor.ts";

export const Select: OpDef<"Select", ["condition", "x", "y"]> = defineOp({
  name: "Select",
  calledAs: "where",
  inputs: ["condition", "x", "y"],
  inPlace: ["x", "y"],
  infer: ({ condition, x, y }) => {
    requireDType("condition", condition, "bool");
    const dtype = requireSameDType({ x, y });
    const values = requireBroadcast({ x, y });
    const shape = broadcastShapes(condition.shape, values);
    if (shape !== null) return { dtype, shape };
    throw new OpProblem(
      "shape",
      `condition does not broadcast with x and y, which are ${formatShape(values)} together.`,
      {
        fix: "make the dimensions equal, or one of them 1 (tf.expandDims adds an axis).",
      },
    );
  },
  gradient: ({ inputs: { condition, x, y }, dy }, ops) => ({
    condition: null,
    x: ops.sumLike(ops.where(condition, dy, 0), x),
    y: ops.sumLike(ops.where(condition, 0, dy), y),
  }),
});

/**
 * x where the condition is true, y elsewhere, with broadcasting: TensorFlow's `where` of three arguments.
 *
 * @param condition bool.
 * @param x, y any dtype, the same for both; shapes that broadcast with the condition's and each other.
 * @returns the broadcast shape. What is not chosen does not matter, even NaN.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when x and y differ or condition is not bool.
 */
export function where<const C extends TensorLike, const X extends TensorLike, const Y extends TensorLike>(
  condition: C,
  x: Checked<X, BroadcastProblem<"where", ShapeOf<C>, ShapeOf<X>>>,
  y: Checked<Y, BroadcastProblem<"where", Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>>,
  options: OpOptions = {},
): Tensor<Broadcast<Broadcast<ShapeOf<C>, ShapeOf<X>>, ShapeOf<Y>>, OperandDType<X, Y>> {
  const like = [x, y].find((value) => value instanceof Tensor || value instanceof NDArray);
  const graph = [condition, like].find((value) => value instanceof Tensor)?.graph;
  const operands = {
    condition: toTensorOf(condition, "bool", "where: condition", graph),
    x: toTensor(x, like, graph, "where"),
    y: toTensor(y, like, graph, "where"),
  };
  return apply(Select, operands, {}, options);
}
