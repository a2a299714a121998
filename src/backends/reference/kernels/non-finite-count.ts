import type { ReferenceKernel } from "../kernel.ts";

export const nonFiniteCount: ReferenceKernel<"NonFiniteCount"> = ({ inputs: [x], outputs: [count] }) => {
  count!.data[0] = x!.data.filter((value) => !Number.isFinite(value)).length;
};
