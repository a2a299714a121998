import { uniformOf } from "../../../core/philox.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { randomWord } from "../random.ts";

export const dropout: ReferenceKernel<"Dropout"> = ({
  inputs: [x, keepProb],
  outputs: [y, kept],
  attrs: { seed },
  counter,
}) => {
  const keep = keepProb!.data[0]!;
  for (let i = 0; i < x!.data.length; i++) {
    const stays = uniformOf(randomWord(seed, i, counter)) < keep;
    kept!.data[i] = stays ? 1 : 0;
    y!.data[i] = stays ? x!.data[i]! / keep : 0;
  }
};
