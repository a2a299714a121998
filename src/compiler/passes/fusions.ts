import { sameShape } from "../../core/shape.ts";
import type { OpDef } from "../../graph/op-def.ts";
import { FusedConv2D } from "../../ops/fused-conv2d.ts";
import { FusedConv2DBackpropInput } from "../../ops/fused-conv2d-backprop-input.ts";
import { FusedConv2DMaxPool } from "../../ops/fused-conv2d-max-pool.ts";
import { FusedMatMul } from "../../ops/fused-mat-mul.ts";
import type { PoolAttrs } from "../../ops/shared/pool-window.ts";
import type { Node, Value } from "../ir.ts";
import type { OpName } from "../plan.ts";

/** One fusion: an op whose kernel can do what follows it while its results are in registers or in the cache. */
export interface Fusion {
  /** The op that does the work. */
  readonly base: OpName;
  /** The fused op: inputs and attributes of `base`, then those that it starts with, then what was absorbed. */
  readonly fused: OpDef<OpName>;
  readonly attrs: object;
  /** What may follow, each at most once and in this order; at least one has to. */
  readonly links: readonly Link[];
}

/** What the fused op has of a node that reads `result`, or null when the node does something else. */
export type Link = (node: Node, result: Value) => Absorbed | null;

export interface Absorbed {
  readonly inputs?: readonly Value[];
  readonly attrs?: object;
}

/** All fusions, those that build upon others' results in a later stage. A new one is an entry here, an op, and its kernels. */
export const fusionStages: readonly (readonly Fusion[])[] = [
  [
    {
      base: "Conv2D",
      fused: FusedConv2D as OpDef<OpName>,
      attrs: { activation: "none" },
      links: [addsBias, activates],
    },
    {
      base: "MatMul",
      fused: FusedMatMul as OpDef<OpName>,
      attrs: { activation: "none" },
      links: [addsBias, activates],
    },
    { base: "Conv2DBackpropInput", fused: FusedConv2DBackpropInput, attrs: {}, links: [masks] },
  ],
  [{ base: "FusedConv2D", fused: FusedConv2DMaxPool as OpDef<OpName>, attrs: {}, links: [poolsPairs] }],
];

/** `biasAdd(result, bias)`, or `add` of a vector as long as the last axis, on either side. */
function addsBias({ def, inputs, outputs }: Node, result: Value): Absorbed | null {
  const [left, right] = inputs;
  if (def.name === "BiasAdd") return left === result && right !== undefined ? { inputs: [right] } : null;
  if (def.name !== "Add") return null;
  const bias = left === result ? right : left;
  const isVector = bias?.shape.length === 1 && bias.shape[0] === result.shape.at(-1);
  return isVector && sameShape(outputs[0]!.shape, result.shape) ? { inputs: [bias] } : null;
}

function activates({ def }: Node): Absorbed | null {
  return def.name === "Relu" ? { attrs: { activation: "relu" } } : null;
}

/** The gradient of a relu whose result the node reads as well. */
function masks({ def, inputs: [dy, y] }: Node, result: Value): Absorbed | null {
  return def.name === "ReluGrad" && dy === result && y !== result && y !== undefined ? { inputs: [y] } : null;
}

/** A max pool of 2x2 cells, two apart, none of them padding: such windows lie within the tiles of every transform. */
function poolsPairs({ def, attrs, outputs: [pooled] }: Node, result: Value): Absorbed | null {
  if (def.name !== "MaxPool") return null;
  const pool = attrs as PoolAttrs;
  const arePairs = [1, 2].every((axis) => {
    const padding = typeof pool.padding === "string" ? 0 : pool.padding[axis - 1]![0];
    const isInside = 2 * pooled!.shape[axis]! <= result.shape[axis]!;
    return pool.ksize[axis] === 2 && pool.strides[axis] === 2 && padding === 0 && isInside;
  });
  return arePairs ? { attrs: { pool } } : null;
}
