import type { ReferenceKernel } from "../kernel.ts";

export const assign: ReferenceKernel<"Assign"> = ({ inputs: [, value], outputs: [ref] }) => {
  ref!.data.set(value!.data);
};
