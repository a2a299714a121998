import type { ReferenceKernel } from "../kernel.ts";

export const zerosLike: ReferenceKernel<"ZerosLike"> = ({ outputs: [y] }) => {
  y!.data.fill(0);
};
