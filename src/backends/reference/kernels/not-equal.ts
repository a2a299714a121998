import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const notEqual: ReferenceKernel<"NotEqual"> = binary((a, b) => Number(a !== b));
