import type { DType } from "../../../core/dtype.ts";
import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const mul: ReferenceKernel<"Mul"> = (call) => binary(product(call.outputs[0]!.dtype))(call);

/** Products of integers must keep their low bits, which float64 would round away. */
export function product(dtype: DType): (a: number, b: number) => number {
  return dtype === "float32" ? (a, b) => a * b : Math.imul;
}
