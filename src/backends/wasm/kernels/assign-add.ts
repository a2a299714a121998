import type { WasmKernel } from "../kernel.ts";
import { accumulate } from "./shared/accumulate.ts";

export const assignAdd: WasmKernel<"AssignAdd"> = { launches: (step) => accumulate(step, 1) };
