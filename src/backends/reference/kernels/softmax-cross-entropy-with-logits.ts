import type { ReferenceKernel } from "../kernel.ts";
import { maximumOf, rowsOf } from "../rows.ts";

export const softmaxCrossEntropyWithLogits: ReferenceKernel<"SoftmaxCrossEntropyWithLogits"> = ({
  inputs,
  outputs,
}) => {
  const [labels, logits] = inputs;
  const [loss, backprop] = outputs;
  const [wanted, gradients] = [rowsOf(labels!), rowsOf(backprop!)];
  for (const [index, row] of rowsOf(logits!).entries()) {
    const label = wanted[index]!;
    const largest = maximumOf(row);
    const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
    const labelSum = label.reduce((total, value) => total + value, 0);
    for (let c = 0; c < row.length; c++) {
      // A class that is not wanted adds nothing, whatever its logit: 0 times infinity would be NaN.
      if (label[c] !== 0) loss!.data[index]! -= label[c]! * (row[c]! - largest - Math.log(sum));
      gradients[index]![c] = (labelSum * Math.exp(row[c]! - largest)) / sum - label[c]!;
    }
  }
};
