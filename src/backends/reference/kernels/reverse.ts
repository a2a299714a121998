import { stridesOf } from "../../../core/shape.ts";
import { coordinatesOf } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const reverse: ReferenceKernel<"ReverseV2"> = ({ inputs: [x], outputs: [y], geometry: { axes } }) => {
  const { shape } = x!;
  const strides = stridesOf(shape);
  for (let i = 0; i < y!.data.length; i++) {
    const coordinates = coordinatesOf(i, shape).map((at, axis) => (axes.includes(axis) ? shape[axis]! - 1 - at : at));
    y!.data[i] = x!.data[strides.reduce((sum, stride, axis) => sum + coordinates[axis]! * stride, 0)]!;
  }
};
