import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const cos: ReferenceKernel<"Cos"> = unary(Math.cos);
