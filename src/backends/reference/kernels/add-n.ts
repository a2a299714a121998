import { stored } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const addN: ReferenceKernel<"AddN"> = ({ inputs, outputs: [y] }) => {
  for (let i = 0; i < y!.data.length; i++) {
    y!.data[i] = stored(
      y!.dtype,
      inputs.reduce((sum, { data }) => sum + data[i]!, 0),
    );
  }
};
