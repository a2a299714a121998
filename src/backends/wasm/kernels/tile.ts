import { stridesOf } from "../../../core/shape.ts";
import type { WasmKernel } from "../kernel.ts";
import { copyStrided } from "./shared/strided.ts";

export const tile: WasmKernel<"Tile"> = {
  launches: ({ inputs, outputs, attrs: { multiples } }) => {
    const [x, y] = [inputs[0]!, outputs[0]!];
    const from = stridesOf(x.shape);
    const to = stridesOf(y.shape);
    const dimensions = x.shape.flatMap((size, axis) => [
      { size: multiples[axis]!, from: 0, to: size * to[axis]! },
      { size, from: from[axis]!, to: to[axis]! },
    ]);
    return copyStrided({ from: x.address, to: y.address, dtype: x.dtype, dimensions });
  },
};
