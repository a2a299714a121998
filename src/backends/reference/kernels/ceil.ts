import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const ceil: ReferenceKernel<"Ceil"> = unary(Math.ceil);
