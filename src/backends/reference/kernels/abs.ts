import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const abs: ReferenceKernel<"Abs"> = unary(Math.abs);
