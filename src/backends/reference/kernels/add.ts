import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const add: ReferenceKernel<"Add"> = binary((a, b) => a + b);
