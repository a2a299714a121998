import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const relu6: ReferenceKernel<"Relu6"> = unary((x) => (x < 0 ? 0 : x > 6 ? 6 : x));
