import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const relu: ReferenceKernel<"Relu"> = unary((x) => (x < 0 ? 0 : x));
