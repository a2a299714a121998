import { sizeOf } from "../../../core/shape.ts";
import { launch, tasksFor, type WasmKernel } from "../kernel.ts";
import { streamWords } from "./shared/random.ts";

export const dropout: WasmKernel<"Dropout"> = {
  launches: ({ inputs: [x, keepProb], outputs: [y, kept], attrs: { seed }, counter }) => {
    const n = sizeOf(x!.shape);
    const tensors = { x: x!.address, keepProb: keepProb!.address, y: y!.address, kept: kept!.address };
    return [launch("dropout", tasksFor(n), { ...tensors, n, ...streamWords(counter, seed) }, 64)];
  },
};
