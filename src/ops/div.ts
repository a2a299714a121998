import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const Div: OpDef<"Div", ["a", "b"]> = defineOp({
  name: "Div",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, ["float32"]),
  gradient: ({ inputs: { a, b }, y, dy }, ops) => {
    const da = ops.div(dy, b);
    return { a: ops.sumLike(da, a), b: ops.sumLike(ops.neg(ops.mul(da, y)), b) };
  },
});

/**
 * a / b, with broadcasting. For whole numbers use `floorDiv`, or cast them first: what `tf.div` of integers means
 * differs between TensorFlow's versions.
 *
 * @param a, b float32; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when one is not float32.
 */
export function div<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"div", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "float32"> {
  const [x, y] = toTensors("div", a, b);
  return apply(Div, { a: x, b: y }, {}, options);
}
