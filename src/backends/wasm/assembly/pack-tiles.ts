/**
 * Packing the left side: tiles `[ceil(rows / 6)][K][6]`, so that a tile is one stream that the prefetcher follows, and the
 * micro-kernel needs one address for six rows.
 */

import { TILE_ROWS } from "./micro-kernel";
import { oddLines } from "./pack";

/** Bytes from k to k + 1 in a packed tile. */
// @ts-ignore: decorator
@inline
export const TILE_STEP: usize = 24;

/** Bytes from one packed tile of `steps` to the next. */
export function tilePitchOf(steps: i32): usize {
  return oddLines(<usize>steps * TILE_STEP);
}

/**
 * Packs `[rows][steps]` into tiles; what the last tile has beyond `rows` is left undefined.
 * @param pitch bytes from row to row of `from`
 */
export function packTiles(from: usize, pitch: usize, to: usize, steps: i32, rows: i32): void {
  const tilePitch = tilePitchOf(steps);
  for (let row = 0; row < rows; row += TILE_ROWS, from += <usize>TILE_ROWS * pitch, to += tilePitch) {
    packTile(from, pitch, to, steps, rows - row);
  }
}

/** One tile: to[k][row] = from[row][k]. Rows that are not there are the first one again: nobody reads them. */
function packTile(from: usize, pitch: usize, to: usize, steps: i32, rows: i32): void {
  const left = new StaticArray<usize>(6);
  for (const r of [0, 1, 2, 3, 4, 5]) left[r] = r < rows ? from + pitch * r : from;
  let k = 0;
  for (; k <= steps - 4; k += 4, to += 4 * TILE_STEP) {
    const at = (<usize>k) << 2;
    const x = new StaticArray<v128>(6);
    for (const r of [0, 1, 2, 3, 4, 5]) x[r] = v128.load(left[r] + at);
    // Pairs of rows at k and k + 1, then at k + 2 and k + 3.
    const ab0 = v128.shuffle<f32>(x[0], x[1], 0, 4, 1, 5);
    const cd0 = v128.shuffle<f32>(x[2], x[3], 0, 4, 1, 5);
    const ef0 = v128.shuffle<f32>(x[4], x[5], 0, 4, 1, 5);
    const ab2 = v128.shuffle<f32>(x[0], x[1], 2, 6, 3, 7);
    const cd2 = v128.shuffle<f32>(x[2], x[3], 2, 6, 3, 7);
    const ef2 = v128.shuffle<f32>(x[4], x[5], 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ef0, ab0, 0, 1, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(cd0, ef0, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 48);
    v128.store(to, v128.shuffle<f32>(ef2, ab2, 0, 1, 6, 7), 64);
    v128.store(to, v128.shuffle<f32>(cd2, ef2, 2, 3, 6, 7), 80);
  }
  for (; k < steps; k++, to += TILE_STEP) {
    const at = (<usize>k) << 2;
    for (const r of [0, 1, 2, 3, 4, 5]) store<f32>(to, load<f32>(left[r] + at), r * 4);
  }
}

/** Packs the transpose of `[steps][rows]` into tiles; arguments as in `packTiles`. */
export function packTilesTransposed(from: usize, pitch: usize, to: usize, steps: i32, rows: i32): void {
  const tilePitch = tilePitchOf(steps);
  for (let k = 0; k < steps; k++, from += pitch, to += TILE_STEP) {
    let at = from;
    let tile = to;
    let row = 0;
    for (; row <= rows - TILE_ROWS; row += TILE_ROWS, at += TILE_STEP, tile += tilePitch) {
      const four = v128.load(at);
      const two = load<u64>(at, 16);
      v128.store(tile, four);
      store<u64>(tile, two, 16);
    }
    for (; row < rows; row++, at += 4, tile += 4) store<f32>(tile, load<f32>(at));
  }
}
