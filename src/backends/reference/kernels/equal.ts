import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const equal: ReferenceKernel<"Equal"> = binary((a, b) => Number(a === b));
