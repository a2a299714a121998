import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";

export const sigmoidCrossEntropyWithLogits: WasmKernel<"SigmoidCrossEntropyWithLogits"> = {
  launches: ({ inputs: [labels, logits], outputs: [loss] }) => {
    const n = sizeOf(loss!.shape);
    const args = { labels: labels!.address, logits: logits!.address, loss: loss!.address, n };
    return [launch("sigmoidCrossEntropy", tasksFor(n), args)];
  },
};
