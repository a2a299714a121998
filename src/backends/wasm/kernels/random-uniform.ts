import { sizeOf } from "../../../core/shape.ts";
import { float, launch, tasksFor, type WasmKernel } from "../kernel.ts";
import { streamWords } from "./shared/random.ts";

export const randomUniform: WasmKernel<"RandomUniform"> = {
  launches: ({ outputs: [y], attrs: { dtype, minval, maxval, seed }, counter }) => {
    const n = sizeOf(y!.shape);
    const words = { y: y!.address, n, ...streamWords(counter, seed) };
    if (dtype === "int32")
      return [launch("randomIntegers", tasksFor(n), { ...words, minval, range: maxval - minval }, 64)];
    const range = float(Math.fround(maxval) - Math.fround(minval));
    return [launch("randomUniform", tasksFor(n), { ...words, minval: float(minval), range }, 64)];
  },
};
