import type { WasmKernel } from "../kernel.ts";
import { mirrorWalks } from "./shared/mirror.ts";
import { copyStrided } from "./shared/strided.ts";

export const mirrorPad: WasmKernel<"MirrorPad"> = {
  launches: ({ inputs: [x], outputs: [y], attrs }) => mirrorWalks(x!, y!, attrs).flatMap(copyStrided),
};
