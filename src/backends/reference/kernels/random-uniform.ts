import { uniformOf } from "../../../core/philox.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { randomWord } from "../random.ts";

/** Rounded to float32 at every step, unlike everything else here: the numbers are the same bits on every backend. */
export const randomUniform: ReferenceKernel<"RandomUniform"> = ({ outputs: [y], attrs, counter }) => {
  const { dtype, minval, maxval, seed } = attrs;
  const range = dtype === "float32" ? Math.fround(Math.fround(maxval) - Math.fround(minval)) : maxval - minval;
  for (let i = 0; i < y!.data.length; i++) {
    const word = randomWord(seed, i, counter);
    y!.data[i] =
      dtype === "float32"
        ? Math.fround(Math.fround(uniformOf(word) * range) + Math.fround(minval))
        : minval + (word % range);
  }
};
