import type { DType } from "../core/dtype.ts";
import type { Plain } from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDimensions, requireDTypeName } from "./shared/requirements.ts";

export interface PlaceholderAttrs {
  readonly dtype: DType;
  readonly shape: Shape;
}

export const Placeholder: OpDef<"Placeholder", [], PlaceholderAttrs> = defineOp({
  name: "Placeholder",
  inputs: [],
  stateful: true,
  infer: (_inputs, { shape, dtype }) => {
    requireDTypeName(dtype);
    requireDimensions(shape);
    return { shape, dtype };
  },
  gradient: null,
});

/**
 * A tensor that every run must be fed.
 *
 * @param shape `null` where a dimension is known only when fed: `tf.placeholder("float32", [null, 224, 224, 3])`.
 * @throws ShapeError when a dimension is no whole number from 0.
 */
export function placeholder<const S extends Shape, const D extends DType>(
  dtype: D,
  shape: S,
  options: OpOptions = {},
): Tensor<Plain<S>, D> {
  return apply(Placeholder, {}, { dtype, shape }, options);
}
