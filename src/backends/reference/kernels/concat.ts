import type { ReferenceKernel } from "../kernel.ts";
import { eachOfPiece } from "../pieces.ts";

export const concat: ReferenceKernel<"ConcatV2"> = ({ inputs, outputs: [y], geometry: { axis } }) => {
  let offset = 0;
  for (const x of inputs) {
    eachOfPiece(y!, x, { axis, offset }, (to, from) => {
      y!.data[to] = x.data[from]!;
    });
    offset += x.shape[axis]!;
  }
};
