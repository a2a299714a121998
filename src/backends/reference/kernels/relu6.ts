import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const relu6: ReferenceKernel<"Relu6"> = unary((x) => Math.min(Math.max(x, 0), 6));
