import { sizeOf } from "../../../core/shape.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const gather: ReferenceKernel<"GatherV2"> = ({
  inputs: [params, indices],
  outputs: [y],
  geometry: { axis },
}) => {
  const count = indices!.data.length;
  const rows = params!.shape[axis]!;
  const inner = sizeOf(params!.shape.slice(axis + 1));
  for (let i = 0; i < y!.data.length; i++) {
    const outer = Math.floor(i / (count * inner));
    const row = indices!.data[Math.floor(i / inner) % count]!;
    // An index outside names nothing: zeros.
    y!.data[i] = row >= 0 && row < rows ? params!.data[(outer * rows + row) * inner + (i % inner)]! : 0;
  }
};
