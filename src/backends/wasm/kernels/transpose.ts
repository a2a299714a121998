import { stridesOf } from "../../../core/shape.ts";
import type { WasmKernel } from "../kernel.ts";
import { copyStrided } from "./shared/strided.ts";

export const transpose: WasmKernel<"Transpose"> = {
  launches: ({ inputs, outputs, geometry: { perm } }) => {
    const [x, y] = [inputs[0]!, outputs[0]!];
    const from = stridesOf(x.shape);
    const to = stridesOf(y.shape);
    const dimensions = y.shape.map((size, axis) => ({ size, from: from[perm[axis]!]!, to: to[axis]! }));
    return copyStrided({ from: x.address, to: y.address, dtype: x.dtype, dimensions });
  },
};
