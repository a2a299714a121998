import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const isFinite: ReferenceKernel<"IsFinite"> = unary((x) => Number(Number.isFinite(x)));
