import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const clipByValueGrad: ReferenceKernel<"ClipByValueGrad"> = (call) =>
  binary((dy, x) => (x < call.attrs.min || x > call.attrs.max ? 0 : dy))(call);
