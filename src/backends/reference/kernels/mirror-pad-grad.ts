import type { ReferenceKernel } from "../kernel.ts";
import { mirrorIndex } from "./mirror-pad.ts";

export const mirrorPadGrad: ReferenceKernel<"MirrorPadGrad"> = ({ inputs: [dy], outputs: [dx], attrs }) => {
  for (let i = 0; i < dy!.data.length; i++) dx!.data[mirrorIndex(i, dy!.shape, dx!.shape, attrs)]! += dy!.data[i]!;
};
