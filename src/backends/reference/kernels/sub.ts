import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sub: ReferenceKernel<"Sub"> = binary((a, b) => a - b);
