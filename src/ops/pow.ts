import type { Broadcast, BroadcastProblem, Checked } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { inferBinary } from "./shared/infer-elementwise.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const Pow: OpDef<"Pow", ["a", "b"]> = defineOp({
  name: "Pow",
  inputs: ["a", "b"],
  inPlace: ["a", "b"],
  infer: (inputs) => inferBinary(inputs, ["float32"]),
  gradient: ({ inputs: { a, b }, y, dy }, ops) => {
    // b = 0 is a constant function: its derivative is 0 even at a = 0, where 0 * 0^-1 would be NaN.
    const da = ops.mul(b, ops.pow(a, ops.where(ops.equal(b, 0), 0, ops.sub(b, 1))));
    // As in TensorFlow, 0 where log a does not exist.
    const logA = ops.log(ops.where(ops.greater(a, 0), a, 1));
    return { a: ops.sumLike(ops.mul(dy, da), a), b: ops.sumLike(ops.mul(dy, ops.mul(y, logA)), b) };
  },
});

/**
 * a to the power of b, with broadcasting, as C and TensorFlow have it: 1 to any power and anything to the power of 0 is
 * 1, even of NaN; NaN where a < 0 and b is not whole.
 *
 * @param a, b float32; shapes that broadcast.
 * @returns the broadcast shape.
 * @throws ShapeError when the shapes do not broadcast. @throws DTypeError when one is not float32.
 */
export function pow<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: Checked<B, BroadcastProblem<"pow", ShapeOf<A>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<Broadcast<ShapeOf<A>, ShapeOf<B>>, "float32"> {
  const [x, y] = toTensors("pow", a, b);
  return apply(Pow, { a: x, b: y }, {}, options);
}
