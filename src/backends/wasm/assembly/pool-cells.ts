import { storePair } from "./simd";

/**
 * The maxima of one window of cells, and the cell that each came from: the first of equal ones; a NaN, which nothing replaces.
 *
 * @param corner first cell of the window that there is, cell `number` of the whole window; channels innermost
 * @param rows, columns cells of the window that there are, `rowPitch` and `cellPitch` bytes apart
 * @param width cells of a row of the whole window
 * @param maxima float32[channels]
 * @param winners uint8[channels] if `bytes`, else int32[channels]
 */
// @ts-ignore: decorator
@inline
export function poolCells(
  corner: usize,
  rowPitch: usize,
  cellPitch: usize,
  rows: i32,
  columns: i32,
  number: i32,
  width: i32,
  channels: i32,
  maxima: usize,
  winners: usize,
  bytes: bool,
): void {
  let c = 0;
  for (; c <= channels - 8; c += 8) {
    const at = (<usize>c) << 2;
    let bestLow = v128.load(corner + at);
    let bestHigh = v128.load(corner + at, 16);
    let cellLow = i32x4.splat(number);
    let cellHigh = cellLow;
    for (let row = 0; row < rows; row++) {
      let from = corner + <usize>row * rowPitch + at;
      for (let column = 0; column < columns; column++, from += cellPitch) {
        const cell = i32x4.splat(number + row * width + column);
        const low = v128.load(from);
        const high = v128.load(from, 16);
        // Not "less or equal" holds for a NaN, too; and nothing replaces one.
        const winsLow = v128.andnot(f32x4.eq(bestLow, bestLow), f32x4.le(low, bestLow));
        const winsHigh = v128.andnot(f32x4.eq(bestHigh, bestHigh), f32x4.le(high, bestHigh));
        bestLow = v128.bitselect(low, bestLow, winsLow);
        bestHigh = v128.bitselect(high, bestHigh, winsHigh);
        cellLow = v128.bitselect(cell, cellLow, winsLow);
        cellHigh = v128.bitselect(cell, cellHigh, winsHigh);
      }
    }
    storePair(maxima + at, bestLow, bestHigh);
    if (bytes) {
      const words = i16x8.narrow_i32x4_u(cellLow, cellHigh);
      v128.store64_lane(winners + <usize>c, i8x16.narrow_i16x8_u(words, words), 0);
    } else {
      storePair(winners + at, cellLow, cellHigh);
    }
  }
  for (; c < channels; c++) {
    const at = (<usize>c) << 2;
    let best = load<f32>(corner + at);
    let winner = number;
    for (let row = 0; row < rows; row++) {
      let from = corner + <usize>row * rowPitch + at;
      for (let column = 0; column < columns; column++, from += cellPitch) {
        const value = load<f32>(from);
        if (!(value <= best) && best == best) {
          best = value;
          winner = number + row * width + column;
        }
      }
    }
    store<f32>(maxima + at, best);
    if (bytes) store<u8>(winners + <usize>c, <u8>winner);
    else store<i32>(winners + at, winner);
  }
}
