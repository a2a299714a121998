import { BYTES_PER_ELEMENT } from "../../../../core/dtype.ts";
import { stridesOf } from "../../../../core/shape.ts";
import type { SliceGeometry } from "../../../../ops/shared/slice-spec.ts";
import type { Launch, Placed } from "../../kernel.ts";
import { copyStrided, type Dimension } from "./strided.ts";

/** Copies a slice of `x` to `piece`, which is dense. */
export function copyFromSlice(x: Placed, piece: Placed, geometry: SliceGeometry): Launch[] {
  const { address, dimensions } = sliceOf(x, geometry);
  return copyStrided({ from: address, to: piece.address, dtype: x.dtype, dimensions });
}

/** Copies `piece`, which is dense, to a slice of `x`. */
export function copyToSlice(piece: Placed, x: Placed, geometry: SliceGeometry): Launch[] {
  const { address, dimensions } = sliceOf(x, geometry);
  const swapped = dimensions.map(({ size, from, to }) => ({ size, from: to, to: from }));
  return copyStrided({ from: piece.address, to: address, dtype: x.dtype, dimensions: swapped });
}

/** Where a slice begins, and its strides inside `x` (`from`) and alone (`to`). */
function sliceOf(x: Placed, { begin, strides, sizes }: SliceGeometry): { address: number; dimensions: Dimension[] } {
  const inside = stridesOf(x.shape);
  const alone = stridesOf(sizes);
  const offset = begin.reduce((sum, at, axis) => sum + at * inside[axis]!, 0);
  return {
    address: x.address + offset * BYTES_PER_ELEMENT[x.dtype],
    dimensions: sizes.map((size, axis) => ({ size, from: strides[axis]! * inside[axis]!, to: alone[axis]! })),
  };
}
