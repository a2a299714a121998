import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sin: ReferenceKernel<"Sin"> = unary(Math.sin);
