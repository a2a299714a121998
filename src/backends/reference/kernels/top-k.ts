import type { ReferenceKernel } from "../kernel.ts";

export const topK: ReferenceKernel<"TopKV2"> = ({ inputs: [x], outputs: [values, indices], attrs: { k } }) => {
  const length = x!.shape.at(-1)!;
  for (let row = 0; row * length < x!.data.length; row++) {
    const elements = [...x!.data.subarray(row * length, (row + 1) * length)];
    const order = elements.map((_, index) => index).sort((a, b) => descending(elements[a]!, elements[b]!) || a - b);
    for (let j = 0; j < k; j++) {
      values!.data[row * k + j] = elements[order[j]!]!;
      indices!.data[row * k + j] = order[j]!;
    }
  }
};

/** NaN first. */
function descending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a === b ? 0 : b > a ? 1 : -1;
}
