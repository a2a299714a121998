import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const greaterEqual: ReferenceKernel<"GreaterEqual"> = binary((a, b) => Number(a >= b));
