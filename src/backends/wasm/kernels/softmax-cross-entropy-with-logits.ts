import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "../softmax.ts";

export const softmaxCrossEntropyWithLogits: WasmKernel<"SoftmaxCrossEntropyWithLogits"> = {
  launches: (step) => launchOverClasses("softmaxCrossEntropy", step, 1),
};
