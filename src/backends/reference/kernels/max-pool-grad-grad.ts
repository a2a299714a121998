import type { ReferenceKernel } from "../kernel.ts";
import { forEachPoolCell } from "../pooling.ts";

export const maxPoolGradGrad: ReferenceKernel<"MaxPoolGradGrad"> = ({
  inputs: [images, winners],
  outputs: [picked],
  geometry,
}) => {
  forEachPoolCell(geometry, ({ from, to, cell }) => {
    if (winners!.data[to] === cell) picked!.data[to] = images!.data[from]!;
  });
};
