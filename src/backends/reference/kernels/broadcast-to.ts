import { broadcastIndex } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const broadcastTo: ReferenceKernel<"BroadcastTo"> = ({ inputs: [x], outputs: [y] }) => {
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = x!.data[broadcastIndex(i, y!.shape, x!.shape)]!;
};
