import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const less: ReferenceKernel<"Less"> = binary((a, b) => Number(a < b));
