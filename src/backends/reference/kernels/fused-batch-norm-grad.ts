import type { ReferenceKernel } from "../kernel.ts";

export const fusedBatchNormGrad: ReferenceKernel<"FusedBatchNormGrad"> = ({
  inputs,
  outputs,
  attrs: { isTraining },
}) => {
  const [dy, x, scale, mean, inverse] = inputs;
  const [dx, dScale, dOffset] = outputs;
  const channels = scale!.data.length;
  const n = channels === 0 ? 0 : x!.data.length / channels;
  for (let c = 0; c < channels; c++) {
    const normalized = (i: number): number => (x!.data[i]! - mean!.data[c]!) * inverse!.data[c]!;
    for (let i = c; i < x!.data.length; i += channels) {
      dOffset!.data[c]! += dy!.data[i]!;
      dScale!.data[c]! += dy!.data[i]! * normalized(i);
    }
    for (let i = c; i < x!.data.length; i += channels) {
      const through = isTraining ? (dOffset!.data[c]! + normalized(i) * dScale!.data[c]!) / n : 0;
      dx!.data[i] = scale!.data[c]! * inverse!.data[c]! * (dy!.data[i]! - through);
    }
  }
};
