import { finish } from "../epilogue.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { multiply } from "../matrix-products.ts";

export const fusedMatMul: ReferenceKernel<"FusedMatMul"> = ({
  inputs: [a, b, bias],
  outputs: [y],
  geometry,
  attrs,
}) => {
  multiply(a!, b!, y!, geometry, attrs);
  finish(y!, bias, attrs.activation);
};
