import type { WasmKernel } from "../kernel.ts";
import { fillWith } from "./shared/strided.ts";

export const onesLike: WasmKernel<"OnesLike"> = { launches: ({ outputs: [y] }) => [fillWith(y!, 1)] };
