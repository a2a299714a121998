import { type ConcreteShape, stridesOf } from "../../../core/shape.ts";
import type { SliceGeometry } from "../../../ops/shared/slice-spec.ts";
import { coordinatesOf } from "../indexing.ts";
import type { Values } from "../kernel.ts";

interface Call {
  readonly inputs: readonly Values[];
  readonly outputs: readonly Values[];
  readonly geometry: SliceGeometry;
}

/** Also of `StridedSlice`. */
export function slice({ inputs: [x], outputs: [y], geometry }: Call): void {
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = x!.data[sliceIndex(i, x!.shape, geometry)]!;
}

/** The element of x that is element `index` of a slice of it. */
export function sliceIndex(index: number, x: ConcreteShape, { begin, strides, sizes }: SliceGeometry): number {
  const coordinates = coordinatesOf(index, sizes);
  return stridesOf(x).reduce(
    (sum, stride, axis) => sum + (begin[axis]! + coordinates[axis]! * strides[axis]!) * stride,
    0,
  );
}
