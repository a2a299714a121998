import type { ReferenceKernel } from "../kernel.ts";

export const biasAdd: ReferenceKernel<"BiasAdd"> = ({ inputs: [x, bias], outputs: [y] }) => {
  const channels = bias!.data.length;
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = x!.data[i]! + bias!.data[i % channels]!;
};
