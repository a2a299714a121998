import type { WasmKernel } from "../kernel.ts";
import { launchOverClasses } from "../softmax.ts";

export const sparseSoftmaxCrossEntropyWithLogits: WasmKernel<"SparseSoftmaxCrossEntropyWithLogits"> = {
  launches: (step) => launchOverClasses("sparseSoftmaxCrossEntropy", step, 1),
};
