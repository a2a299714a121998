import { PoolArgs } from "./pool-args";

/** Windows up to this size have their winners in bytes. */
const BYTE_CELLS: i32 = 256;

/** The maximum of each window and the cell that it came from, one task's rows of results. */
export function maxPool(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  const channels = p.channels;
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.outHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const image = p.images + ((<usize>(row / p.outHeight) * <usize>(p.inHeight * p.inWidth) * <usize>channels) << 2);
    const top = (row % p.outHeight) * p.strideHeight - p.top;
    const begin = max(top, 0);
    const end = min(top + p.kernelHeight, p.inHeight);
    for (let column = 0; column < p.outWidth; column++) {
      const left = column * p.strideWidth - p.left;
      const first = max(left, 0);
      const to = <usize>(row * p.outWidth + column) * <usize>channels;
      const corner = image + ((<usize>(begin * p.inWidth + first) * <usize>channels) << 2);
      const number = (begin - top) * p.kernelWidth + first - left;
      poolWindow(p, corner, end - begin, min(left + p.kernelWidth, p.inWidth) - first, number, to);
    }
  }
}

/** One window: `rows` by `columns` cells from `corner` on, the first of which is cell `number` of the whole window. */
function poolWindow(p: PoolArgs, corner: usize, rows: i32, columns: i32, number: i32, to: usize): void {
  const channels = p.channels;
  const cellPitch = (<usize>channels) << 2;
  const rowPitch = <usize>p.inWidth * cellPitch;
  const maxima = p.pooled + (to << 2);
  const bytes = p.kernelHeight * p.kernelWidth <= BYTE_CELLS;
  const winners = p.winners + (bytes ? to : to << 2);
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
        const cell = i32x4.splat(number + row * p.kernelWidth + column);
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
    v128.store(maxima + at, bestLow);
    v128.store(maxima + at, bestHigh, 16);
    if (bytes) {
      const words = i16x8.narrow_i32x4_u(cellLow, cellHigh);
      v128.store64_lane(winners + <usize>c, i8x16.narrow_i16x8_u(words, words), 0);
    } else {
      v128.store(winners + at, cellLow);
      v128.store(winners + at, cellHigh, 16);
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
          winner = number + row * p.kernelWidth + column;
        }
      }
    }
    store<f32>(maxima + at, best);
    if (bytes) store<u8>(winners + <usize>c, <u8>winner);
    else store<i32>(winners + at, winner);
  }
}
