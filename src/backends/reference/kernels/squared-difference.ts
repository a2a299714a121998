import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { product } from "./mul.ts";

export const squaredDifference: ReferenceKernel<"SquaredDifference"> = (call) => {
  const multiply = product(call.outputs[0]!.dtype);
  binary((a, b) => multiply(a - b, a - b))(call);
};
