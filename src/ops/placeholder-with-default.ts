import type { Plain } from "../core/shape-types.ts";
import { formatShape, isCompatible, type Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { type DTypeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireDimensions } from "./shared/requirements.ts";

export interface PlaceholderWithDefaultAttrs {
  readonly shape: Shape;
}

export const PlaceholderWithDefault: OpDef<"PlaceholderWithDefault", ["input"], PlaceholderWithDefaultAttrs> = defineOp(
  {
    name: "PlaceholderWithDefault",
    inputs: ["input"],
    view: true,
    infer: ({ input }, { shape }) => {
      requireDimensions(shape);
      if (!isCompatible(input.shape, shape)) {
        throw new OpProblem("shape", `the default does not have the placeholder's shape ${formatShape(shape)}.`, {
          fix: "use null for the dimensions in which they differ, or reshape the default.",
        });
      }
      // A dimension that both know is known; one that only the default knows may be fed otherwise.
      return { shape, dtype: input.dtype };
    },
    gradient: ({ dy }) => ({ input: dy }),
  },
);

/**
 * A tensor that a run may be fed, and that has the value `input` when it is not.
 *
 * @param shape `null` for dimensions in which a feed may differ from the default.
 * @throws ShapeError when the default does not fit `shape`.
 */
export function placeholderWithDefault<const V extends TensorLike, const S extends Shape>(
  input: V,
  shape: S,
  options: OpOptions = {},
): Tensor<Plain<S>, DTypeOf<V>> {
  return apply(PlaceholderWithDefault, { input: toTensor(input) }, { shape }, options);
}
