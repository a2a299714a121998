import { broadcastIndex } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const sumLike: ReferenceKernel<"SumLike"> = ({ inputs: [x], outputs: [y] }) => {
  for (let i = 0; i < x!.data.length; i++) y!.data[broadcastIndex(i, x!.shape, y!.shape)]! += x!.data[i]!;
};
