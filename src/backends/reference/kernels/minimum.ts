import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const minimum: ReferenceKernel<"Minimum"> = binary(Math.min);
