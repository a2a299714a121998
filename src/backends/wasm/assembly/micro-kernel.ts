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
 * The body is inlined with constants for its shape and way, its loops over lists are written out, and its arrays are local variables
 * (docs/decisions/0011-steps-written-out.md): each function is straight-line code for its own number of rows.
 */

import { madd } from "./simd";

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
function singleSteps(length: usize): usize {
  return length & 511;
}

/**
 * One tile.
 *
 * @param inRows the way of the left side; this and what follows are constants
 * @param rows 1 to 6
 * @param vectors of sums in a row: 4 for 16 columns, 2 for 8
 * @param first byte of those columns in the panel, the base and the output
 */
// @ts-ignore: decorator
@inline
function multiply(t: Tile, inRows: bool, rows: i32, vectors: i32, first: usize): void {
  const sums = new StaticArray<StaticArray<v128>>(6);
  const left = new StaticArray<usize>(6);
  const length = (<usize>t.runLength) << 6;
  const step = t.step;
  let panel = t.panel + first;
  if (length != 0) {
    const lastRun = t.runs + ((<usize>t.runCount) << 2);
    for (let run = t.runs; run < lastRun; run += 4) {
      const offset = load<usize>(run);
      if (inRows) {
        for (const r of [0, 1, 2, 3, 4, 5]) if (r < rows) left[r] = load<usize>(t.left, r * 4) + offset;
      } else {
        left[0] = t.left + offset;
      }
      const end = panel + length;
      const single = panel + singleSteps(length);
      for (const steps of [1, 8]) {
        const until = steps == 1 ? single : end;
        while (panel < until) {
          for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) {
            if (k < steps) {
              const right = new StaticArray<v128>(4);
              for (const v of [0, 1, 2, 3]) if (v < vectors) right[v] = v128.load(panel, k * 64 + v * 16);
              for (const r of [0, 1, 2, 3, 4, 5]) {
                if (r < rows) {
                  const x = inRows ? v128.load32_splat(left[r], k * 4) : v128.load32_splat(left[0], r * 4);
                  for (const v of [0, 1, 2, 3]) if (v < vectors) sums[r][v] = madd(x, right[v], sums[r][v]);
                }
              }
              if (!inRows) left[0] += step;
              if (length == 0) break; // Never: see "Steps".
            }
          }
          if (inRows) for (const r of [0, 1, 2, 3, 4, 5]) if (r < rows) left[r] += steps * 4;
          panel += steps * 64;
        }
      }
    }
  }
  const floor = f32x4.splat(t.floor);
  const column = t.outColumn + first;
  const base = t.base + first;
  const hasBase = t.base != 0;
  for (const r of [0, 1, 2, 3, 4, 5]) {
    if (r < rows) {
      const out = load<usize>(t.out, r * 4) + column;
      const from = hasBase ? base : out;
      for (const v of [0, 2]) {
        if (v < vectors) {
          const low = f32x4.add(sums[r][v], v128.load(from, v * 16));
          const high = f32x4.add(sums[r][v + 1], v128.load(from, v * 16 + 16));
          // pmax(x, floor) is x < floor ? floor : x, so a NaN stays a NaN, in one instruction. High half first: see storePair.
          v128.store(out, f32x4.pmax(high, floor), v * 16 + 16);
          v128.store(out, f32x4.pmax(low, floor), v * 16);
        }
      }
    }
  }
}

/** One tile as two halves of 8 columns. */
// @ts-ignore: decorator
@inline
function multiplyHalves(t: Tile, inRows: bool, rows: i32): void {
  multiply(t, inRows, rows, 2, 0);
  multiply(t, inRows, rows, 2, 32);
}

function rows6(t: Tile): void {
  multiply(t, true, 6, 4, 0);
}
function rows6Halves(t: Tile): void {
  multiplyHalves(t, true, 6);
}

function rows4(t: Tile): void {
  multiply(t, true, 4, 4, 0);
}
function rows4Halves(t: Tile): void {
  multiplyHalves(t, true, 4);
}

function rows2(t: Tile): void {
  multiply(t, true, 2, 4, 0);
}
function rows2Halves(t: Tile): void {
  multiplyHalves(t, true, 2);
}

function rows1(t: Tile): void {
  multiply(t, true, 1, 4, 0);
}
function rows1Halves(t: Tile): void {
  multiplyHalves(t, true, 1);
}

/** Computes one tile of 6, 4, 2 or 1 rows, left side in rows; `halves` as two halves of 8 columns. */
export function rowsTile(t: Tile, rows: i32, halves: bool): void {
  if (halves) {
    if (rows == 6) rows6Halves(t);
    else if (rows == 4) rows4Halves(t);
    else if (rows == 2) rows2Halves(t);
    else rows1Halves(t);
  } else {
    if (rows == 6) rows6(t);
    else if (rows == 4) rows4(t);
    else if (rows == 2) rows2(t);
    else rows1(t);
  }
}

function columns6(t: Tile): void {
  multiply(t, false, 6, 4, 0);
}
function columns6Halves(t: Tile): void {
  multiplyHalves(t, false, 6);
}

function columns4(t: Tile): void {
  multiply(t, false, 4, 4, 0);
}
function columns4Halves(t: Tile): void {
  multiplyHalves(t, false, 4);
}

function columns2(t: Tile): void {
  multiply(t, false, 2, 4, 0);
}
function columns2Halves(t: Tile): void {
  multiplyHalves(t, false, 2);
}

function columns1(t: Tile): void {
  multiply(t, false, 1, 4, 0);
}
function columns1Halves(t: Tile): void {
  multiplyHalves(t, false, 1);
}

/** Computes one tile of 6, 4, 2 or 1 rows, left side in columns; `halves` as two halves of 8 columns. */
export function columnsTile(t: Tile, rows: i32, halves: bool): void {
  if (halves) {
    if (rows == 6) columns6Halves(t);
    else if (rows == 4) columns4Halves(t);
    else if (rows == 2) columns2Halves(t);
    else columns1Halves(t);
  } else {
    if (rows == 6) columns6(t);
    else if (rows == 4) columns4(t);
    else if (rows == 2) columns2(t);
    else columns1(t);
  }
}
