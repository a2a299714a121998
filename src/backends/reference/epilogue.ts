import type { Activation } from "../../ops/fused-conv2d.ts";
import type { Values } from "./kernel.ts";

/** What a fused op does to its sums `[..., channels]`: adds the bias `[channels]`, if any, and applies the activation. */
export function finish(sums: Values, bias: Values | undefined, activation: Activation): void {
  const channels = sums.shape.at(-1)!;
  for (let i = 0; i < sums.data.length; i++) {
    const sum = sums.data[i]! + (bias?.data[i % channels] ?? 0);
    sums.data[i] = activation === "relu" && sum <= 0 ? 0 : sum;
  }
}
