import type { WasmKernel } from "../kernel.ts";
import { mirrorWalks } from "../mirror.ts";
import { copyStrided } from "../strided.ts";

export const mirrorPad: WasmKernel<"MirrorPad"> = {
  launches: ({ inputs: [x], outputs: [y], attrs }) => mirrorWalks(x!, y!, attrs).flatMap(copyStrided),
};
