import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const greater: ReferenceKernel<"Greater"> = binary((a, b) => Number(a > b));
