import type { ReferenceKernel } from "../kernel.ts";
import { tileIndex } from "./tile.ts";

export const tileGrad: ReferenceKernel<"TileGrad"> = ({ inputs: [dy], outputs: [dx] }) => {
  for (let i = 0; i < dy!.data.length; i++) dx!.data[tileIndex(i, dy!.shape, dx!.shape)]! += dy!.data[i]!;
};
