import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const log: ReferenceKernel<"Log"> = unary(Math.log);
