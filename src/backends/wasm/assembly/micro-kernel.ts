/**
 * The micro-kernels: a tile of up to 6 rows by 16 columns of a matrix product, its sums kept in registers.
 *
 *     out[r][0..15] = activation(base[r][0..15] + sum over k of a[r][k] * panel[k][0..15])
 *
 * The right side is a panel: `[K][16]` float32, contiguous, zero-padded columns (pack.ts). The left side is read in
 * place, one broadcast load a row and step, in one of two ways:
 *
 * - **rows**: each row is a list of runs that are contiguous in k. All rows share the list of run offsets: a dense row is one
 *   run, a convolution's window is one run for each row of the filter, read straight from the image.
 * - **columns**: the rows' values at one k lie side by side, and k moves by a constant step within a run. This is a
 *   transposed left side: the gradient of a filter sums over pixels, and its rows are neighbouring channels.
 *
 * Why 6 by 16: 24 vectors of sums pair up into 12 of the 15 256-bit registers that V8 gives out when it revectorizes, and
 * leave two for the panel and one for the broadcast; 12 sums hide the 4-cycle latency of two fused multiply-adds a cycle with room. Without
 * revectorization 24 sums do not fit into 16 registers, so there the tile is done as two halves of 8 columns (`HALVES`).
 *
 * **Steps** of k go one at a time until a multiple of eight is left, then eight at a time: 22.4 instructions a step instead of 26 to
 * 31, which counts where another program has the core's other thread. V8 has no 256-bit broadcast from an address with an
 * offset; eight steps share what addresses cost. Binaryen would move a multiply-add into the next one of the same sum, across
 * steps, where nothing in between can leave the loop; the operands of all steps would be held at once, and sums spill (70 instead
 * of 108 GFLOP/s). `if (length == 0) break` looks as if it could leave the loop; V8 knows from the test around the loops that it
 * cannot, and drops it.
 *
 * `rows`, `columns` and the way are compile-time constants at each call of the inlined body, so each exported function is
 * straight-line code for its own number of rows.
 */

import { storePair } from "./simd";

/** Columns of a panel, and of a full tile. */
// @ts-ignore: decorator
@inline
export const PANEL: i32 = 16;

/** Rows of a full tile. */
// @ts-ignore: decorator
@inline
export const TILE_ROWS: i32 = 6;

/** One tile's arguments; see the head of this file. A record in the task's scratch memory. */
@unmanaged
export class Tile {
  /** Left side. Way "rows": address of the rows' addresses, usize[rows]. Other ways: address of a[0][k = 0]. */
  left: usize;
  /** Byte offsets of the runs of k from a row's address, i32[runs]. */
  runs: usize;
  runCount: i32;
  /** Steps of k in each run. */
  runLength: i32;
  /** Not for way "rows": bytes from k to k + 1 within a run. */
  step: usize;
  /** [runCount * runLength][16] */
  panel: usize;
  /** Address of the addresses of the output rows, usize[rows]. */
  out: usize;
  /** Byte offset of the tile's first column from those addresses. */
  outColumn: usize;
  /** Base of the sums: 0 = add to what the output holds; else the address of 16 float32 that every row starts from. */
  base: usize;
  /** Lower bound of the results: 0 for relu, -Infinity for none. */
  floor: f32;
}

/** Bytes of the panel of a run that single steps go through, which leave a multiple of eight. */
// @ts-ignore: decorator
@inline
export function singleSteps(length: usize): usize {
  return length & 511;
}

/** Adds the base of row `row / 4`, applies the floor, stores 16 columns. */
// @ts-ignore: decorator
@inline
export function finish16(
  t: Tile,
  row: usize,
  column: usize,
  base: usize,
  floor: v128,
  s0: v128,
  s1: v128,
  s2: v128,
  s3: v128,
): void {
  const out = load<usize>(t.out + row) + column;
  const from = base ? base : out;
  const y0 = f32x4.add(s0, v128.load(from));
  const y1 = f32x4.add(s1, v128.load(from, 16));
  const y2 = f32x4.add(s2, v128.load(from, 32));
  const y3 = f32x4.add(s3, v128.load(from, 48));
  // pmax(x, floor) is x < floor ? floor : x, so a NaN stays a NaN, in one instruction.
  // The high half of a pair first: only then V8 makes one 256-bit store of both.
  v128.store(out, f32x4.pmax(y1, floor), 16);
  v128.store(out, f32x4.pmax(y0, floor));
  v128.store(out, f32x4.pmax(y3, floor), 48);
  v128.store(out, f32x4.pmax(y2, floor), 32);
}

/** Adds the base of row `row / 4`, applies the floor, stores 8 columns. */
// @ts-ignore: decorator
@inline
export function finish8(
  t: Tile,
  row: usize,
  column: usize,
  base: usize,
  floor: v128,
  s0: v128,
  s1: v128,
  half: usize,
): void {
  const out = load<usize>(t.out + row) + column;
  const from = base ? base + half : out;
  const y0 = f32x4.add(s0, v128.load(from));
  const y1 = f32x4.add(s1, v128.load(from, 16));
  // pmax(x, floor) is x < floor ? floor : x, so a NaN stays a NaN, in one instruction.
  storePair(out, f32x4.pmax(y0, floor), f32x4.pmax(y1, floor));
}
