import type { WasmKernel } from "../kernel.ts";
import { launchCrossEntropy } from "./shared/softmax.ts";

export const softmaxCrossEntropyWithLogits: WasmKernel<"SoftmaxCrossEntropyWithLogits"> = {
  launches: (step) => launchCrossEntropy("softmaxCrossEntropy", step),
};
