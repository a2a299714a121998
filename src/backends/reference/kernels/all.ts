import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const all: ReferenceKernel<"All"> = reducing((elements) => Number(elements.every((x) => x !== 0)));
