import type { WasmKernel } from "../kernel.ts";
import { accumulate } from "./shared/accumulate.ts";

export const assignSub: WasmKernel<"AssignSub"> = { launches: (step) => accumulate(step, -1) };
