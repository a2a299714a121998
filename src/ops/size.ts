import { sizeOf } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const Size: OpDef<"Size", ["x"]> = defineOp({
  name: "Size",
  inputs: ["x"],
  shapeOnly: ["x"],
  infer: () => ({ shape: [], dtype: "int32" }),
  fold: ({ x }) => [sizeOf(x.shape)],
  gradient: null,
});

/** The number of elements of x as an int32 scalar; unknown dimensions are filled in when it runs. */
export function size(x: TensorLike, options: OpOptions = {}): Tensor<[], "int32"> {
  return apply(Size, { x: toTensor(x) }, {}, options);
}
