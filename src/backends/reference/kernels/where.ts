import { broadcastIndex } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const where: ReferenceKernel<"Select"> = ({ inputs: [condition, x, y], outputs: [z] }) => {
  for (let i = 0; i < z!.data.length; i++) {
    const chosen = condition!.data[broadcastIndex(i, z!.shape, condition!.shape)] === 0 ? y! : x!;
    z!.data[i] = chosen.data[broadcastIndex(i, z!.shape, chosen.shape)]!;
  }
};
