import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const elu: ReferenceKernel<"Elu"> = unary((x) => (x > 0 ? x : Math.expm1(x)));
