import type { DType } from "../core/dtype.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireVariable } from "./shared/require-variable.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { type TensorLike, toTensor } from "./shared/to-tensor.ts";

export const AssignAdd: OpDef<"AssignAdd", ["ref", "value"]> = defineOp({
  name: "AssignAdd",
  inputs: ["ref", "value"],
  stateful: true,
  mutates: ["ref"],
  infer: ({ ref, value }) => requireSameShapeAndDType({ ref, value }),
  gradient: null,
});

/**
 * Adds `value` to a variable.
 *
 * @param ref a variable. @param value of the variable's shape and dtype.
 * @returns the variable's value after the update.
 * @throws ShapeError, DTypeError when `value` does not match. @throws GraphError when `ref` is no variable.
 */
export function assignAdd<S extends Shape, D extends DType>(
  ref: Tensor<S, D>,
  value: TensorLike,
  options: OpOptions = {},
): Tensor<S, D> {
  return apply(
    AssignAdd,
    { ref: requireVariable(ref, "assignAdd"), value: toTensor(value, ref, undefined, "assignAdd") },
    {},
    options,
  );
}
