import type { ReferenceKernel } from "../kernel.ts";
import { reducing } from "../reduction.ts";

export const prod: ReferenceKernel<"Prod"> = reducing((elements) => elements.reduce((product, x) => product * x, 1));
