import type { OpDef } from "../../graph/op-def.ts";
import { type Activation, FusedConv2D } from "../../ops/fused-conv2d.ts";
import { FusedMatMul } from "../../ops/fused-mat-mul.ts";
import type { Node, Value } from "../ir.ts";
import type { OpName } from "../plan.ts";

/** One fusion: an op whose kernel can do what follows it while its sums are in registers. */
export interface Fusion {
  /** The op that does the work. */
  readonly base: OpName;
  /** The fused op: inputs of `base`, then `bias?`; attributes of `base`, then `activation`. */
  readonly fused: OpDef<OpName>;
  /** The bias that a node adds to the base's result, or null when it does something else. */
  readonly bias: (node: Node, result: Value) => Value | null;
  /** Activations by op. */
  readonly activations: Readonly<Record<string, Exclude<Activation, "none">>>;
}

/** All fusions. A new one is an entry here, an op, and its kernels. */
export const fusions: readonly Fusion[] = [
  { base: "Conv2D", fused: FusedConv2D as OpDef<OpName>, bias: channelBias, activations: { Relu: "relu" } },
  { base: "MatMul", fused: FusedMatMul as OpDef<OpName>, bias: channelBias, activations: { Relu: "relu" } },
];

/** `biasAdd(result, bias)`, or `add` of a vector as long as the last axis, on either side. */
function channelBias({ def, inputs, outputs }: Node, result: Value): Value | null {
  const [left, right] = inputs;
  if (def.name === "BiasAdd") return left === result && right !== undefined ? right : null;
  if (def.name !== "Add") return null;
  const bias = left === result ? right : left;
  const channels = result.shape.at(-1);
  const fits =
    bias?.shape.length === 1 && bias.shape[0] === channels && outputs[0]!.shape.length === result.shape.length;
  return fits ? bias : null;
}
