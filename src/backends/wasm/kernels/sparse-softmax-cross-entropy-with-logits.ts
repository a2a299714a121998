import type { WasmKernel } from "../kernel.ts";
import { launchCrossEntropy } from "./shared/softmax.ts";

export const sparseSoftmaxCrossEntropyWithLogits: WasmKernel<"SparseSoftmaxCrossEntropyWithLogits"> = {
  launches: (step) => launchCrossEntropy("sparseSoftmaxCrossEntropy", step),
};
