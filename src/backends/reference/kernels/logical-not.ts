import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const logicalNot: ReferenceKernel<"LogicalNot"> = unary((x) => 1 - x);
