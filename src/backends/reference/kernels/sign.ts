import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sign: ReferenceKernel<"Sign"> = unary(Math.sign);
