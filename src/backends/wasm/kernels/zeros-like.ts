import type { WasmKernel } from "../kernel.ts";
import { fillWith } from "./shared/strided.ts";

export const zerosLike: WasmKernel<"ZerosLike"> = { launches: ({ outputs: [y] }) => [fillWith(y!, 0)] };
