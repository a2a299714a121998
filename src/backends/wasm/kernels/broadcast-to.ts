import type { WasmKernel } from "../kernel.ts";
import { copyBroadcast } from "./shared/strided.ts";

export const broadcastTo: WasmKernel<"BroadcastTo"> = {
  launches: ({ inputs: [x], outputs: [y] }) => copyBroadcast(x!, y!),
};
