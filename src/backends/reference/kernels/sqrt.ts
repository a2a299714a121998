import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sqrt: ReferenceKernel<"Sqrt"> = unary(Math.sqrt);
