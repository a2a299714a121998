import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const rsqrt: ReferenceKernel<"Rsqrt"> = unary((x) => 1 / Math.sqrt(x));
