import { CACHE_LINE, roundUp } from "../core/alignment.ts";

/** A piece of arena memory: how large, and from when to when it is in use (both inclusive, in steps). */
export interface Piece {
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
}

export interface Packing {
  /** Byte offset of each piece. */
  readonly offsets: readonly number[];
  /** Bytes of the whole arena. */
  readonly bytes: number;
}

/**
 * Gives every piece an address such that pieces in use at the same time do not overlap.
 *
 * Largest first, each into the smallest gap that fits among the pieces it meets in time. The best order differs by
 * graph, so a second one, longest in use first, is tried unless the first reached the least possible, which is the
 * most that is in use at one time.
 *
 * @see Pisarchyk, Lee, "Efficient memory management for deep neural net inference", MLSys 2020 (greedy by size).
 */
export function packArena(pieces: readonly Piece[]): Packing {
  const order = [...pieces.keys()];
  const area = ({ bytes, start, end }: Piece): number => bytes * (end - start + 1);
  const bySize = order.toSorted(
    (a, b) => pieces[b]!.bytes - pieces[a]!.bytes || pieces[a]!.start - pieces[b]!.start || a - b,
  );
  const first = place(pieces, bySize);
  if (first.bytes <= leastBytes(pieces)) return first;
  const byArea = order.toSorted(
    (a, b) => area(pieces[b]!) - area(pieces[a]!) || pieces[a]!.start - pieces[b]!.start || a - b,
  );
  const second = place(pieces, byArea);
  return second.bytes < first.bytes ? second : first;
}

/** Every piece has memory of its own. */
export function packWithoutSharing(pieces: readonly Piece[]): Packing {
  let bytes = 0;
  const offsets = pieces.map((piece) => {
    const offset = bytes;
    bytes += aligned(piece.bytes);
    return offset;
  });
  return { offsets, bytes };
}

/** The most bytes in use at one time: no packing needs less. */
export function leastBytes(pieces: readonly Piece[]): number {
  const end = pieces.reduce((latest, piece) => Math.max(latest, piece.end), -1);
  const change = new Float64Array(end + 2);
  for (const { bytes, start, end: last } of pieces) {
    change[start]! += aligned(bytes);
    change[last + 1]! -= aligned(bytes);
  }
  let inUse = 0;
  return change.reduce((peak, delta) => Math.max(peak, (inUse += delta)), 0);
}

/** Every buffer begins at a cache line. */
export function aligned(bytes: number): number {
  return roundUp(bytes, CACHE_LINE);
}

function place(pieces: readonly Piece[], order: readonly number[]): Packing {
  const offsets = new Array<number>(pieces.length).fill(0);
  /** Placed pieces by offset, as flat arrays: this is the compiler's innermost loop. */
  const starts = new Int32Array(pieces.length);
  const ends = new Int32Array(pieces.length);
  const froms = new Float64Array(pieces.length);
  const tos = new Float64Array(pieces.length);
  let placed = 0;
  let total = 0;
  for (const index of order) {
    const piece = pieces[index]!;
    const bytes = aligned(piece.bytes);
    if (bytes === 0) continue;
    let free = 0;
    let best = -1;
    let bestGap = Infinity;
    for (let other = 0; other < placed; other++) {
      if (starts[other]! > piece.end || ends[other]! < piece.start) continue;
      const gap = froms[other]! - free;
      if (gap >= bytes && gap < bestGap) {
        best = free;
        bestGap = gap;
      }
      free = Math.max(free, tos[other]!);
    }
    const offset = best < 0 ? free : best;
    offsets[index] = offset;
    total = Math.max(total, offset + bytes);
    let at = placed++;
    while (at > 0 && froms[at - 1]! > offset) at--;
    for (const column of [starts, ends, froms, tos]) column.copyWithin(at + 1, at, placed - 1);
    starts[at] = piece.start;
    ends[at] = piece.end;
    froms[at] = offset;
    tos[at] = offset + bytes;
  }
  return { offsets, bytes: total };
}
