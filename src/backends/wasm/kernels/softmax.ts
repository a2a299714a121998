import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "../softmax.ts";

export const softmax: WasmKernel<"Softmax"> = { launches: (step) => launchOverClasses("softmax", step, 0) };
