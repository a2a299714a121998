import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";
import { type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const L2Loss: OpDef<"L2Loss", ["x"]> = defineOp({
  name: "L2Loss",
  inputs: ["x"],
  infer: ({ x }) => {
    requireDType("x", x, "float32");
    return { shape: [], dtype: "float32" };
  },
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.mul(dy, x) }),
});

/**
 * Half the sum of squares, sum(x²) / 2: its gradient is x itself.
 *
 * @param x float32 of any shape.
 * @returns a scalar.
 * @see TensorFlow, tf.nn.l2_loss.
 */
export function l2Loss(x: TensorLike, options: OpOptions = {}): Tensor<[], "float32"> {
  return apply(L2Loss, { x: toTensor(x) }, {}, options);
}
