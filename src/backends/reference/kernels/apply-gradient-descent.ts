import type { ReferenceKernel } from "../kernel.ts";

export const applyGradientDescent: ReferenceKernel<"ApplyGradientDescent"> = ({
  inputs: [ref, learningRate, gradient],
}) => {
  const w = ref!.data;
  for (let i = 0; i < w.length; i++) w[i]! -= learningRate!.data[0]! * gradient!.data[i]!;
};
