import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const any: ReferenceKernel<"Any"> = reducing((elements) => Number(elements.some((x) => x !== 0)));
