import { unary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const floor: ReferenceKernel<"Floor"> = unary(Math.floor);
