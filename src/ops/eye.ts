import type { DType } from "../core/dtype.ts";
import type { Tensor } from "../graph/tensor.ts";
import { oneHot } from "./one-hot.ts";
import { range } from "./range.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface EyeOptions<Columns extends number, D extends DType> extends OpOptions {
  /** Default: as many as rows. */
  readonly numColumns?: Columns;
  /** Default float32. */
  readonly dtype?: D;
}

/**
 * The identity matrix: ones (true for bool) on the diagonal, zeros elsewhere.
 *
 * @param numRows 0 or more.
 * @returns `[numRows, numColumns]`.
 * @throws ValueError when a number is no such integer.
 * @see TensorFlow, tf.eye (without batch_shape).
 */
export function eye<const Rows extends number, const Columns extends number = Rows, D extends DType = "float32">(
  numRows: Rows,
  options: EyeOptions<Columns, D> = {},
): Tensor<[Rows, Columns], NoInfer<D>> {
  requireOptions("eye", options, "numColumns");
  const { numColumns = numRows, dtype = "float32", name = "eye" } = options;
  const matrix: Tensor = oneHot(range(0, numRows), numColumns, { dtype, name });
  return matrix as Tensor<[Rows, Columns], NoInfer<D>>;
}
