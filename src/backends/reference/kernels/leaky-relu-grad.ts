import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const leakyReluGrad: ReferenceKernel<"LeakyReluGrad"> = (call) =>
  binary((dy, x) => (x > 0 ? dy : call.attrs.alpha * dy))(call);
