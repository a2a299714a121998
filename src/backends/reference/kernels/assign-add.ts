import { stored } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const assignAdd: ReferenceKernel<"AssignAdd"> = ({ inputs: [, value], outputs: [ref] }) => {
  for (let i = 0; i < ref!.data.length; i++) ref!.data[i] = stored(ref!.dtype, ref!.data[i]! + value!.data[i]!);
};
