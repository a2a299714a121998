import type { ReferenceKernel } from "../kernel.ts";

export const inTopK: ReferenceKernel<"InTopK"> = ({ inputs: [predictions, targets], outputs: [y], attrs: { k } }) => {
  const classes = predictions!.shape[1]!;
  for (const [row, target] of targets!.data.entries()) {
    const scores = predictions!.data.subarray(row * classes, (row + 1) * classes);
    const score = scores[target];
    const better = score === undefined ? k : scores.filter((other) => other > score).length;
    y!.data[row] = Number(better < k && scores.every(Number.isFinite));
  }
};
