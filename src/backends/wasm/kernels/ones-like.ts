import type { WasmKernel } from "../kernel.ts";
import { fillWith } from "../strided.ts";

export const onesLike: WasmKernel<"OnesLike"> = { launches: ({ outputs: [y] }) => [fillWith(y!, 1)] };
