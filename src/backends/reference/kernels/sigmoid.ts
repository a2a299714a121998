import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sigmoid: ReferenceKernel<"Sigmoid"> = unary((x) => 1 / (1 + Math.exp(-x)));
