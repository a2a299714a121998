import type { ReferenceKernel } from "../kernel.ts";

export const biasAddGrad: ReferenceKernel<"BiasAddGrad"> = ({ inputs: [dy], outputs: [dBias] }) => {
  const channels = dBias!.data.length;
  for (let i = 0; i < dy!.data.length; i++) dBias!.data[i % channels]! += dy!.data[i]!;
};
