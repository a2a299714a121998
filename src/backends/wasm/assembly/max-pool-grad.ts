import { BYTE_CELLS, endWindow, firstWindow, PoolArgs } from "./pool-args";
import { storePair } from "./simd";

/**
 * The gradient of a max pool, one task's rows of the images. Every cell looks at the windows that cover it and adds up
 * the gradients of those it won: nothing is written twice, so tasks cannot meet.
 */
export function maxPoolGrad(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  const bytes = p.kernelHeight * p.kernelWidth <= BYTE_CELLS;
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.inHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const y = row % p.inHeight;
    const image = (row / p.inHeight) * p.outHeight;
    const begin = firstWindow(y, p.top, p.kernelHeight, p.strideHeight);
    const end = endWindow(y, p.top, p.strideHeight, p.outHeight);
    for (let x = 0; x < p.inWidth; x++) {
      const first = firstWindow(x, p.left, p.kernelWidth, p.strideWidth);
      const columns = endWindow(x, p.left, p.strideWidth, p.outWidth) - first;
      const to = p.images + ((<usize>(row * p.inWidth + x) * <usize>p.channels) << 2);
      const from = <usize>((image + begin) * p.outWidth + first) * <usize>p.channels;
      // The cell's number in the first of its windows; later windows have it further up and to the left.
      const cell = (y + p.top - begin * p.strideHeight) * p.kernelWidth + x + p.left - first * p.strideWidth;
      if (bytes) gatherBytes(p, from, to, end - begin, columns, cell);
      else gatherScalar<i32>(p, from, to, end - begin, columns, cell, 0);
    }
  }
}

/** One cell: `rows` by `columns` windows from element `from` on. */
function gatherBytes(p: PoolArgs, from: usize, to: usize, rows: i32, columns: i32, cell: i32): void {
  const channels = p.channels;
  const rowPitch = <usize>p.outWidth * <usize>channels;
  let c = 0;
  for (; c <= channels - 8; c += 8) {
    let sumLow = f32x4.splat(0);
    let sumHigh = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      let at = from + <usize>row * rowPitch + <usize>c;
      let number = cell - row * p.strideHeight * p.kernelWidth;
      for (let column = 0; column < columns; column++, at += <usize>channels, number -= p.strideWidth) {
        const won = i16x8.extend_low_i8x16_s(i8x16.eq(v128.load64_zero(p.winners + at), i8x16.splat(<i8>number)));
        const low = v128.and(i32x4.extend_low_i16x8_s(won), v128.load(p.pooled + (at << 2)));
        const high = v128.and(i32x4.extend_high_i16x8_s(won), v128.load(p.pooled + (at << 2), 16));
        sumLow = f32x4.add(sumLow, low);
        sumHigh = f32x4.add(sumHigh, high);
      }
    }
    storePair(to + ((<usize>c) << 2), sumLow, sumHigh);
  }
  if (c < channels) gatherScalar<u8>(p, from, to, rows, columns, cell, c);
}

/** The same channel by channel from `c` on, with winners of type W. */
function gatherScalar<W>(p: PoolArgs, from: usize, to: usize, rows: i32, columns: i32, cell: i32, c: i32): void {
  const channels = p.channels;
  const rowPitch = <usize>p.outWidth * <usize>channels;
  for (; c < channels; c++) {
    let sum: f32 = 0;
    for (let row = 0; row < rows; row++) {
      let at = from + <usize>row * rowPitch + <usize>c;
      let number = cell - row * p.strideHeight * p.kernelWidth;
      for (let column = 0; column < columns; column++, at += <usize>channels, number -= p.strideWidth) {
        if (<i32>load<W>(p.winners + at * sizeof<W>()) == number) sum += load<f32>(p.pooled + (at << 2));
      }
    }
    store<f32>(to + ((<usize>c) << 2), sum);
  }
}
