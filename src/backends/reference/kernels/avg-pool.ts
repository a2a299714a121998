import type { ReferenceKernel } from "../kernel.ts";
import { forEachPoolCell } from "../pooling.ts";

export const avgPool: ReferenceKernel<"AvgPool"> = ({ inputs: [images], outputs: [means], geometry }) => {
  forEachPoolCell(geometry, ({ from, to, count }) => {
    means!.data[to]! += images!.data[from]! / count;
  });
};
