import type { WasmKernel } from "../kernel.ts";
import { mirrorWalks } from "./shared/mirror.ts";
import { addStrided, copyStrided, type CopyWalk } from "./shared/strided.ts";

export const mirrorPadGrad: WasmKernel<"MirrorPadGrad"> = {
  launches: ({ inputs: [dy], outputs: [dx], attrs }) => {
    const [middle, ...edges] = mirrorWalks(dx!, dy!, attrs).map(turnedAround);
    return [...copyStrided(middle!), ...edges.flatMap(addStrided)];
  },
};

function turnedAround({ from, to, dtype, dimensions }: CopyWalk): CopyWalk {
  return { from: to, to: from, dtype, dimensions: dimensions.map((d) => ({ size: d.size, from: d.to, to: d.from })) };
}
