import { sizeOf } from "../../../core/shape.ts";
import { float, launch, tasksFor, type WasmKernel } from "../kernel.ts";
import { streamWords } from "./shared/random.ts";

export const randomNormal: WasmKernel<"RandomNormal"> = {
  launches: ({ outputs: [y], attrs: { mean, stddev, seed }, counter }) => {
    const n = sizeOf(y!.shape);
    const args = { y: y!.address, n, ...streamWords(counter, seed), mean: float(mean), stddev: float(stddev) };
    return [launch("randomNormal", tasksFor(n), args, 64)];
  },
};
