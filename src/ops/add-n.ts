import { ValueError } from "../core/errors.ts";
import type { AddN as Added } from "../core/shape-types.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ShapesOf } from "./concat.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { NUMERIC } from "./shared/infer-elementwise.ts";
import { requireDType, requireSameShapeAndDType } from "./shared/requirements.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireTensors } from "./shared/require-tensors.ts";
import { type DTypeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const AddN: OpDef<"AddN", ["...values"]> = defineOp({
  name: "AddN",
  inputs: ["...values"],
  inPlace: ["values"],
  infer: ({ values }) => {
    const named = Object.fromEntries(values.map((value, index) => [`values[${index}]`, value]));
    const { shape, dtype } = requireSameShapeAndDType(named);
    requireDType("values[0]", values[0]!, ...NUMERIC);
    // What one of them does not know of the shape, another may.
    return {
      dtype,
      shape: shape.map((_, axis) => values.map((value) => value.shape[axis]!).find((d) => d !== null) ?? null),
    };
  },
  gradient: ({ inputs: { values }, dy }) => ({ values: values.map(() => dy) }),
});

/**
 * The sum of tensors of one shape, in one pass and in the order given.
 *
 * @param values at least one; the same shape and numeric dtype. One alone is returned as it is.
 * @returns same shape and dtype.
 * @throws ShapeError when the shapes differ. @throws DTypeError when the dtypes do. @throws ValueError for an empty list.
 */
export function addN<const Values extends readonly TensorLike[]>(
  values: Values,
  options: OpOptions = {},
): Tensor<Added<ShapesOf<Values>>, DTypeOf<Values[number]>> {
  requireTensors("addN([a, b])", values);
  requireOptions("addN", options);
  const tensors = toTensors("addN", ...values);
  const [first] = tensors;
  if (first === undefined) {
    throw new ValueError({ problem: "addN: there are no tensors to add.", fix: "pass at least one." });
  }
  // One tensor alone has just the type that the signature gives the sum.
  return (tensors.length === 1 ? first : apply(AddN, { values: tensors }, {}, options)) as ReturnType<
    typeof addN<Values>
  >;
}
