import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const logicalAnd: ReferenceKernel<"LogicalAnd"> = binary((a, b) => a & b);
