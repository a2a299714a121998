import type { ReferenceKernel } from "../kernel.ts";

export const copy: ReferenceKernel<"Copy"> = ({ inputs, outputs }) => {
  outputs[0]!.data.set(inputs[0]!.data);
};
