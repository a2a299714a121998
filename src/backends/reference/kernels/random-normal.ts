import type { ReferenceKernel } from "../kernel.ts";
import { randomNormalAt } from "../random.ts";

export const randomNormal: ReferenceKernel<"RandomNormal"> = ({
  outputs: [y],
  attrs: { mean, stddev, seed },
  counter,
}) => {
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = mean + stddev * randomNormalAt(seed, i, counter);
};
