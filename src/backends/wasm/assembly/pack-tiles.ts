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
  const row1 = rows > 1 ? from + pitch : from;
  const row2 = rows > 2 ? row1 + pitch : from;
  const row3 = rows > 3 ? row2 + pitch : from;
  const row4 = rows > 4 ? row3 + pitch : from;
  const row5 = rows > 5 ? row4 + pitch : from;
  let k = 0;
  for (; k <= steps - 4; k += 4, to += 4 * TILE_STEP) {
    const at = (<usize>k) << 2;
    const a = v128.load(from + at);
    const b = v128.load(row1 + at);
    const c = v128.load(row2 + at);
    const d = v128.load(row3 + at);
    const e = v128.load(row4 + at);
    const f = v128.load(row5 + at);
    // Pairs of rows at k and k + 1, then at k + 2 and k + 3.
    const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ef0 = v128.shuffle<f32>(e, f, 0, 4, 1, 5);
    const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    const ef2 = v128.shuffle<f32>(e, f, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ef0, ab0, 0, 1, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(cd0, ef0, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 48);
    v128.store(to, v128.shuffle<f32>(ef2, ab2, 0, 1, 6, 7), 64);
    v128.store(to, v128.shuffle<f32>(cd2, ef2, 2, 3, 6, 7), 80);
  }
  for (; k < steps; k++, to += TILE_STEP) {
    const at = (<usize>k) << 2;
    store<f32>(to, load<f32>(from + at));
    store<f32>(to, load<f32>(row1 + at), 4);
    store<f32>(to, load<f32>(row2 + at), 8);
    store<f32>(to, load<f32>(row3 + at), 12);
    store<f32>(to, load<f32>(row4 + at), 16);
    store<f32>(to, load<f32>(row5 + at), 20);
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
