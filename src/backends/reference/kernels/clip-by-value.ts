import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const clipByValue: ReferenceKernel<"ClipByValue"> = (call) =>
  unary((x) => Math.min(Math.max(x, call.attrs.min), call.attrs.max))(call);
