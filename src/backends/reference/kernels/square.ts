import { stored } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { product } from "./mul.ts";

export const square: ReferenceKernel<"Square"> = ({ inputs: [x], outputs: [y] }) => {
  const multiply = product(y!.dtype);
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = stored(y!.dtype, multiply(x!.data[i]!, x!.data[i]!));
};
