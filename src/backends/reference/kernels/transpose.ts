import { stridesOf } from "../../../core/shape.ts";
import { coordinatesOf } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const transpose: ReferenceKernel<"Transpose"> = ({ inputs: [x], outputs: [y], geometry: { perm } }) => {
  const strides = stridesOf(x!.shape);
  for (let i = 0; i < y!.data.length; i++) {
    const at = coordinatesOf(i, y!.shape).reduce(
      (sum, coordinate, axis) => sum + coordinate * strides[perm[axis]!]!,
      0,
    );
    y!.data[i] = x!.data[at]!;
  }
};
