import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const eluGrad: ReferenceKernel<"EluGrad"> = binary((dy, y) => (y > 0 ? dy : dy * (y + 1)));
