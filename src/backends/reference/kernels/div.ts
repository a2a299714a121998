import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const div: ReferenceKernel<"Div"> = binary((a, b) => a / b);
