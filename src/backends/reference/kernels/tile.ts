import { type ConcreteShape, stridesOf } from "../../../core/shape.ts";
import { coordinatesOf } from "../indexing.ts";
import type { ReferenceKernel } from "../kernel.ts";

export const tile: ReferenceKernel<"Tile"> = ({ inputs: [x], outputs: [y] }) => {
  for (let i = 0; i < y!.data.length; i++) y!.data[i] = x!.data[tileIndex(i, y!.shape, x!.shape)]!;
};

/** The element of one tile that element `index` of the tiled tensor repeats. */
export function tileIndex(index: number, tiled: ConcreteShape, one: ConcreteShape): number {
  const coordinates = coordinatesOf(index, tiled);
  return stridesOf(one).reduce((sum, stride, axis) => sum + (coordinates[axis]! % one[axis]!) * stride, 0);
}
