import type { ReferenceKernel } from "../kernel.ts";

export const dropoutGrad: ReferenceKernel<"DropoutGrad"> = ({ inputs: [dy, kept, keepProb], outputs: [dx] }) => {
  for (let i = 0; i < dx!.data.length; i++) dx!.data[i] = kept!.data[i] === 1 ? dy!.data[i]! / keepProb!.data[0]! : 0;
};
