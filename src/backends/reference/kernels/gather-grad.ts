import { sizeOf } from "../../../core/shape.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const gatherGrad: ReferenceKernel<"GatherGrad"> = ({
  inputs: [dy, indices],
  outputs: [dx],
  geometry: { axis },
}) => {
  const count = indices!.data.length;
  const rows = dx!.shape[axis]!;
  const inner = sizeOf(dx!.shape.slice(axis + 1));
  for (let i = 0; i < dy!.data.length; i++) {
    const outer = Math.floor(i / (count * inner));
    const row = indices!.data[Math.floor(i / inner) % count]!;
    if (row >= 0 && row < rows) dx!.data[(outer * rows + row) * inner + (i % inner)]! += dy!.data[i]!;
  }
};
