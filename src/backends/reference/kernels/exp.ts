import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const exp: ReferenceKernel<"Exp"> = unary(Math.exp);
