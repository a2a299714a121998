import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const neg: ReferenceKernel<"Neg"> = unary((x) => -x);
