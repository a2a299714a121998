import type { ReferenceKernel } from "../kernel.ts";

export const fusedBatchNorm: ReferenceKernel<"FusedBatchNorm"> = ({
  inputs,
  outputs,
  attrs: { epsilon, isTraining },
}) => {
  const [x, scale, offset, givenMean, givenVariance] = inputs;
  const [y, mean, variance, inverse] = outputs;
  const channels = scale!.data.length;
  for (let c = 0; c < channels; c++) {
    const column = x!.data.filter((_, i) => i % channels === c);
    const n = column.length;
    const center = isTraining ? column.reduce((sum, value) => sum + value, 0) / n : givenMean!.data[c]!;
    const squares = column.reduce((sum, value) => sum + (value - center) ** 2, 0);
    const spread = isTraining ? squares / n : givenVariance!.data[c]!;
    mean!.data[c] = center;
    // Bessel's correction, left out for a single row, as in TensorFlow.
    variance!.data[c] = isTraining ? squares / Math.max(n - 1, 1) : spread;
    inverse!.data[c] = 1 / Math.sqrt(spread + epsilon);
    for (let i = c; i < y!.data.length; i += channels) {
      y!.data[i] = (x!.data[i]! - center) * inverse!.data[c]! * scale!.data[c]! + offset!.data[c]!;
    }
  }
};
