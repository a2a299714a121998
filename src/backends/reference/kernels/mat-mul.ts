import type { ReferenceKernel } from "../kernel.ts";
import { multiply } from "../matrix-products.ts";

export const matMul: ReferenceKernel<"MatMul"> = ({ inputs: [a, b], outputs: [y], geometry, attrs }) => {
  multiply(a!, b!, y!, geometry, attrs);
};
