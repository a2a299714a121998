import { NDArray } from "../core/ndarray.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { constantNode, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export const ShapeOp: OpDef<"Shape", ["x"]> = defineOp({
  name: "Shape",
  inputs: ["x"],
  shapeOnly: ["x"],
  infer: ({ x }) => ({ shape: [x.shape.length], dtype: "int32" }),
  fold: ({ x }) => x.shape,
  gradient: null,
});

/** The dimensions of x as an int32 tensor `[rank]`; unknown ones are filled in when it runs. */
export function shape(x: TensorLike, options: OpOptions = {}): Tensor<[number], "int32"> {
  return apply(ShapeOp, { x: toTensor(x) }, {}, options);
}

/** The number of axes of x as an int32 scalar. */
export function rank(x: TensorLike, options: OpOptions = {}): Tensor<[], "int32"> {
  requireOptions("rank", options);
  const tensor = toTensor(x);
  const value = new NDArray("int32", [], Int32Array.of(tensor.rank));
  return constantNode(value, tensor.graph, options.name ?? "Rank") as Tensor<[], "int32">;
}
