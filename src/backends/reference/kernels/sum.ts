import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const sum: ReferenceKernel<"Sum"> = reducing((elements) => elements.reduce((total, x) => total + x, 0));
