import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType } from "./shared/requirements.ts";
import { type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const NonFiniteCount: OpDef<"NonFiniteCount", ["x"]> = defineOp({
  name: "NonFiniteCount",
  inputs: ["x"],
  infer: ({ x }) => {
    requireDType("x", x, "float32");
    return { shape: [], dtype: "int32" };
  },
  gradient: null,
});

/**
 * How many elements of x are NaN or an infinity; what sessions with `checkNumerics` look for.
 *
 * @param x float32 of any shape.
 * @returns an int32 scalar.
 * @throws DTypeError when x is not float32.
 */
export function nonFiniteCount(x: TensorLike, options: OpOptions = {}): Tensor<[], "int32"> {
  return apply(NonFiniteCount, { x: toTensor(x) }, {}, options);
}
