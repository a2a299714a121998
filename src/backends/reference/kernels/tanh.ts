import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const tanh: ReferenceKernel<"Tanh"> = unary(Math.tanh);
