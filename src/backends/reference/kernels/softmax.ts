import type { ReferenceKernel } from "../kernel.ts";
import { maximumOf, rowsOf } from "../rows.ts";

export const softmax: ReferenceKernel<"Softmax"> = ({ inputs: [logits], outputs: [y] }) => {
  const results = rowsOf(y!);
  for (const [index, row] of rowsOf(logits!).entries()) {
    const largest = maximumOf(row);
    const powers = row.map((value) => Math.exp(value - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    results[index]!.set(powers.map((power) => power / sum));
  }
};
