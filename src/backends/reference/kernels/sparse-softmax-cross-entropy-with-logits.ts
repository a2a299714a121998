import type { ReferenceKernel } from "../kernel.ts";
import { maximumOf, rowsOf } from "../rows.ts";

export const sparseSoftmaxCrossEntropyWithLogits: ReferenceKernel<"SparseSoftmaxCrossEntropyWithLogits"> = ({
  inputs,
  outputs,
}) => {
  const [labels, logits] = inputs;
  const [loss, backprop] = outputs;
  const gradients = rowsOf(backprop!);
  // Without classes no label is one.
  loss!.data.fill(Number.NaN);
  for (const [index, row] of rowsOf(logits!).entries()) {
    const label = labels!.data[index]!;
    const largest = maximumOf(row);
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
    const inside = label >= 0 && label < row.length;
    loss!.data[index] = inside ? Math.log(sum) - (row[label]! - largest) : Number.NaN;
    for (let c = 0; c < row.length; c++) {
      gradients[index]![c] = inside ? Math.exp(row[c]! - largest) / sum - (c === label ? 1 : 0) : Number.NaN;
    }
  }
};
