import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const logicalOr: ReferenceKernel<"LogicalOr"> = binary((a, b) => a | b);
