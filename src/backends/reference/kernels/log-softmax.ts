import type { ReferenceKernel } from "../kernel.ts";
import { maximumOf, rowsOf } from "../rows.ts";

export const logSoftmax: ReferenceKernel<"LogSoftmax"> = ({ inputs: [logits], outputs: [y] }) => {
  const results = rowsOf(y!);
  for (const [index, row] of rowsOf(logits!).entries()) {
    const largest = maximumOf(row);
    const logSum = Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    results[index]!.set(row.map((value) => value - largest - logSum));
  }
};
