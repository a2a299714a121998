import type { WasmKernel } from "../kernel.ts";
import { accumulate } from "../accumulate.ts";

export const assignAdd: WasmKernel<"AssignAdd"> = { launches: (step) => accumulate(step, 1) };
