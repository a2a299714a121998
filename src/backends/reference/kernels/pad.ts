import { stridesOf } from "../../../core/shape.ts";
import { coordinatesOf } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const pad: ReferenceKernel<"Pad"> = ({ inputs: [x], outputs: [y], attrs: { paddings, constantValue } }) => {
  const strides = stridesOf(y!.shape);
  y!.data.fill(constantValue);
  for (let i = 0; i < x!.data.length; i++) {
    const coordinates = coordinatesOf(i, x!.shape);
    const at = strides.reduce((sum, stride, axis) => sum + (coordinates[axis]! + paddings[axis]![0]) * stride, 0);
    y!.data[at] = x!.data[i]!;
  }
};
