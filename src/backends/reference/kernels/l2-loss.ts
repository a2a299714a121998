import type { ReferenceKernel } from "../kernel.ts";

export const l2Loss: ReferenceKernel<"L2Loss"> = ({ inputs: [x], outputs: [y] }) => {
  y!.data[0] = x!.data.reduce((sum, value) => sum + value * value, 0) / 2;
};
