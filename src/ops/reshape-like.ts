import type { DType } from "../core/dtype.ts";
import { formatShape, type Shape, staticSize } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";

/** The elements of `x` in the shape of `like`: how the gradient of every reshaping goes back, whatever is unknown. */
export const ReshapeLike: OpDef<"ReshapeLike", ["x", "like"]> = defineOp({
  name: "ReshapeLike",
  inputs: ["x", "like"],
  shapeOnly: ["like"],
  view: true,
  infer: ({ x, like }) => {
    const [size, wanted] = [staticSize(x.shape), staticSize(like.shape)];
    if (size !== null && wanted !== null && size !== wanted) {
      throw new OpProblem("shape", `x has ${size} elements, ${formatShape(like.shape)} holds ${wanted}.`, {
        fix: "pass a like of as many elements.",
      });
    }
    return { shape: like.shape, dtype: x.dtype };
  },
  gradient: ({ inputs: { x }, dy }, ops) => ({ x: ops.reshapeLike(dy, x), like: null }),
});

/** `x` in the shape of `like`, of which only the shape is read. */
export function reshapeLike<S extends Shape, D extends DType>(x: Tensor<Shape, D>, like: Tensor<S>): Tensor<S, D> {
  return apply(ReshapeLike, { x, like }, {});
}
