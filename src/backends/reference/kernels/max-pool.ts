import type { ReferenceKernel } from "../kernel.ts";
import { forEachPoolCell } from "../pooling.ts";

export const maxPool: ReferenceKernel<"MaxPool"> = ({ inputs: [images], outputs: [maxima, winners], geometry }) => {
  winners!.data.fill(-1);
  forEachPoolCell(geometry, ({ from, to, cell }) => {
    const value = images!.data[from]!;
    const best = maxima!.data[to]!;
    // The first cell leads; later ones must be larger, or the first NaN.
    if (winners!.data[to] === -1 || value > best || (Number.isNaN(value) && !Number.isNaN(best))) {
      maxima!.data[to] = value;
      winners!.data[to] = cell;
    }
  });
};
