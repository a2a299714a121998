import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const isNan: ReferenceKernel<"IsNan"> = unary((x) => Number(Number.isNaN(x)));
