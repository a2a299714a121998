import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const maximum: ReferenceKernel<"Maximum"> = binary(Math.max);
