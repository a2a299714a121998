import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const relu6Grad: ReferenceKernel<"Relu6Grad"> = binary((dy, y) => (y > 0 && y < 6 ? dy : 0));
