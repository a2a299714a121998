import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const lessEqual: ReferenceKernel<"LessEqual"> = binary((a, b) => Number(a <= b));
