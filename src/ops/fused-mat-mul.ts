import type { OpDef } from "../graph/op-def.ts";
import { defineOp } from "./shared/define-op.ts";
import type { Activation } from "./fused-conv2d.ts";
import { geometryOfMatMul, inferMatMul, type MatMulAttrs, type MatMulGeometry, matrixFlops } from "./mat-mul.ts";

export interface FusedMatMulAttrs extends MatMulAttrs {
  readonly activation: Activation;
}

/** activation(a b + bias) in one kernel, bias `[columns]`; made by the compiler only. */
export const FusedMatMul: OpDef<"FusedMatMul", ["a", "b", "bias?"], FusedMatMulAttrs, MatMulGeometry> = defineOp({
  name: "FusedMatMul",
  inputs: ["a", "b", "bias?"],
  infer: inferMatMul,
  geometry: geometryOfMatMul,
  flops: matrixFlops,
  gradient: null,
});
