import { BYTES_PER_ELEMENT } from "../../../../core/dtype.ts";
import { sizeOf } from "../../../../core/shape.ts";
import type { Launch, Placed } from "../../kernel.ts";
import { copyStrided } from "./strided.ts";

/**
 * Copies between a tensor and its pieces along an axis, in either direction: `whole` is [outer, sum of pieces, inner],
 * each piece [outer, its size, inner].
 */
export function copyPieces(
  whole: Placed,
  pieces: readonly Placed[],
  axis: number,
  direction: "join" | "split",
): Launch[] {
  const { dtype, shape } = whole;
  const outer = sizeOf(shape.slice(0, axis));
  const row = sizeOf(shape.slice(axis));
  let address = whole.address;
  return pieces.flatMap((piece) => {
    const run = sizeOf(piece.shape.slice(axis));
    const inside = { address, row };
    const alone = { address: piece.address, row: run };
    const [from, to] = direction === "join" ? [alone, inside] : [inside, alone];
    address += run * BYTES_PER_ELEMENT[dtype];
    const dimensions = [
      { size: outer, from: from.row, to: to.row },
      { size: run, from: 1, to: 1 },
    ];
    return copyStrided({ from: from.address, to: to.address, dtype, dimensions });
  });
}
