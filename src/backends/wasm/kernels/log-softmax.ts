import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "../softmax.ts";

export const logSoftmax: WasmKernel<"LogSoftmax"> = { launches: (step) => launchOverClasses("logSoftmax", step, 0) };
