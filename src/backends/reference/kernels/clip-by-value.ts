import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const clipByValue: ReferenceKernel<"ClipByValue"> = (call) => {
  const { min, max } = call.attrs;
  unary((x) => (x < min ? min : x > max ? max : x))(call);
};
