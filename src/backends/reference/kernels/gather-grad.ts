import type { ReferenceKernel } from "../kernel.ts";

export const gatherGrad: ReferenceKernel<"GatherGrad"> = ({
  inputs: [dy, indices],
  outputs: [dx],
  geometry: { outer, rows, count, inner },
}) => {
  for (let i = 0; i < dy!.data.length; i++) {
    const slice = Math.floor(i / (count * inner));
    const batch = Math.floor(slice / outer);
    const row = indices!.data[batch * count + (Math.floor(i / inner) % count)]!;
    if (row >= 0 && row < rows) dx!.data[(slice * rows + row) * inner + (i % inner)]! += dy!.data[i]!;
  }
};
