import type { ReferenceKernel } from "../kernel.ts";
import { forEachPoolCell } from "../pooling.ts";

export const maxPoolGrad: ReferenceKernel<"MaxPoolGrad"> = ({ inputs: [dy, winners], outputs: [dx], geometry }) => {
  forEachPoolCell(geometry, ({ from, to, cell }) => {
    if (winners!.data[to] === cell) dx!.data[from]! += dy!.data[to]!;
  });
};
