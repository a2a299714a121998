import type { ReferenceKernel } from "../kernel.ts";

export const onesLike: ReferenceKernel<"OnesLike"> = ({ outputs: [y] }) => {
  y!.data.fill(1);
};
