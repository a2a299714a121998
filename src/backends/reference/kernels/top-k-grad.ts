import type { ReferenceKernel } from "../kernel.ts";

export const topKGrad: ReferenceKernel<"TopKGrad"> = ({ inputs: [dy, indices], outputs: [dx] }) => {
  const k = dy!.shape.at(-1)!;
  const length = dx!.shape.at(-1)!;
  for (let i = 0; i < dy!.data.length; i++) dx!.data[Math.floor(i / k) * length + indices!.data[i]!]! += dy!.data[i]!;
};
