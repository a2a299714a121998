import type { DType } from "../core/dtype.ts";
import type { Plain } from "../core/shape-types.ts";
import type { Tensor } from "../graph/tensor.ts";
import { constant } from "./constant.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireShape } from "./shared/requirements.ts";

export interface FillOptions<D extends DType> extends OpOptions {
  /** Default float32. */
  readonly dtype?: D;
}

/** A constant of zeros. */
export function zeros<const S extends readonly number[], D extends DType = "float32">(
  shape: S,
  options: FillOptions<D> = {},
): Tensor<Plain<S>, NoInfer<D>> {
  requireOptions("zeros", options, "dtype");
  requireShape("zeros", shape);
  return fill(shape, 0, { name: "zeros", ...options });
}

/** A constant of ones (true for bool). */
export function ones<const S extends readonly number[], D extends DType = "float32">(
  shape: S,
  options: FillOptions<D> = {},
): Tensor<Plain<S>, NoInfer<D>> {
  requireOptions("ones", options, "dtype");
  requireShape("ones", shape);
  return fill(shape, 1, { name: "ones", ...options });
}

/** A constant with the same number everywhere. To spread a tensor over a shape use `broadcastTo`. */
export function fill<const S extends readonly number[], D extends DType = "float32">(
  shape: S,
  value: number,
  options: FillOptions<D> = {},
): Tensor<Plain<S>, NoInfer<D>> {
  requireOptions("fill", options, "dtype");
  requireShape("fill", shape);
  const { name = "Fill", dtype = "float32" as D } = options;
  const filled: Tensor = constant(value, { name, dtype, shape });
  return filled as Tensor<Plain<S>, NoInfer<D>>;
}
