import { stridesOf } from "../../core/shape.ts";
import { coordinatesOf } from "./indexing.ts";
import type { Values } from "./kernel.ts";

/** Calls `visit` with each element of a piece and the element of `whole` it is, when the piece begins at `offset` of axis. */
export function eachOfPiece(
  whole: Values,
  piece: Values,
  place: { readonly axis: number; readonly offset: number },
  visit: (inWhole: number, inPiece: number) => void,
): void {
  const strides = stridesOf(whole.shape);
  for (let i = 0; i < piece.data.length; i++) {
    const inside = coordinatesOf(i, piece.shape).reduce(
      (sum, coordinate, axis) => sum + coordinate * strides[axis]!,
      0,
    );
    visit(inside + place.offset * strides[place.axis]!, i);
  }
}
