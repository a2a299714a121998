import type { DType } from "../../../core/dtype.ts";
import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const cast: ReferenceKernel<"Cast"> = (call) => unary(conversion(call.inputs[0]!.dtype, call.attrs.dtype))(call);

function conversion(from: DType, to: DType): (x: number) => number {
  if (to === "bool") return (x) => Number(x !== 0);
  if (from === "float32" && to === "int32") return (x) => fit(x, -(2 ** 31), 2 ** 31 - 1);
  if (from === "float32" && to === "uint8") return (x) => fit(x, 0, 255);
  // Whatever an integer dtype cannot hold, `unary` wraps around.
  return (x) => x;
}

function fit(x: number, min: number, max: number): number {
  return Number.isNaN(x) ? 0 : Math.trunc(Math.min(Math.max(x, min), max));
}
