import type { ReferenceKernel } from "../kernel.ts";

export const applyAdagrad: ReferenceKernel<"ApplyAdagrad"> = ({
  inputs: [ref, accumulator, learningRate, gradient],
}) => {
  const [w, s, g] = [ref!.data, accumulator!.data, gradient!.data];
  for (let i = 0; i < w.length; i++) {
    s[i]! += g[i]! ** 2;
    w[i]! -= (learningRate!.data[0]! * g[i]!) / Math.sqrt(s[i]!);
  }
};
