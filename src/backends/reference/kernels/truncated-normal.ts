import type { ReferenceKernel } from "../kernel.ts";
import { randomNormalAt } from "../random.ts";

export const truncatedNormal: ReferenceKernel<"TruncatedNormal"> = ({
  outputs: [y],
  attrs: { mean, stddev, seed },
  counter,
}) => {
  for (let i = 0; i < y!.data.length; i++) {
    let value = randomNormalAt(seed, i, counter);
    for (let attempt = 1; Math.abs(value) > 2; attempt++) value = randomNormalAt(seed, i, counter, attempt);
    y!.data[i] = mean + stddev * value;
  }
};
