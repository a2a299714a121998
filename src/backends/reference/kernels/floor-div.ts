import { binary } from "../elementwise.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const floorDiv: ReferenceKernel<"FloorDiv"> = (call) => {
  const isInteger = call.outputs[0]!.dtype === "int32";
  binary((a, b) => (isInteger && b === 0 ? 0 : Math.floor(a / b)))(call);
};
