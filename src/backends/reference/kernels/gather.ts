import type { ReferenceKernel } from "../kernel.ts";

export const gather: ReferenceKernel<"GatherV2"> = ({
  inputs: [params, indices],
  outputs: [y],
  geometry: { outer, rows, count, inner },
}) => {
  for (let i = 0; i < y!.data.length; i++) {
    const slice = Math.floor(i / (count * inner));
    const batch = Math.floor(slice / outer);
    const row = indices!.data[batch * count + (Math.floor(i / inner) % count)]!;
    // An index outside names nothing: zeros.
    y!.data[i] = row >= 0 && row < rows ? params!.data[(slice * rows + row) * inner + (i % inner)]! : 0;
  }
};
