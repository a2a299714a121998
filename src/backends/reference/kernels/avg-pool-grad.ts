import type { ReferenceKernel } from "../kernel.ts";
import { forEachPoolCell } from "../pooling.ts";

export const avgPoolGrad: ReferenceKernel<"AvgPoolGrad"> = ({ inputs: [dy], outputs: [dx], geometry }) => {
  forEachPoolCell(geometry, ({ from, to, count }) => {
    dx!.data[from]! += dy!.data[to]! / count;
  });
};
