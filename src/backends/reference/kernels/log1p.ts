import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const log1p: ReferenceKernel<"Log1p"> = unary(Math.log1p);
