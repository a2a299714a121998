import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const softplus: ReferenceKernel<"Softplus"> = unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
