import { madd, storePair } from "./simd";
import { cellsInside, endWindow, firstWindow, PoolArgs } from "./pool-args";

/** The gradient of an average pool, one task's rows of the images: every cell adds up its share of its windows. */
export function avgPoolGrad(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.inHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const y = row % p.inHeight;
    const image = (row / p.inHeight) * p.outHeight;
    const begin = firstWindow(y, p.top, p.kernelHeight, p.strideHeight);
    const end = endWindow(y, p.top, p.strideHeight, p.outHeight);
    for (let x = 0; x < p.inWidth; x++) {
      const first = firstWindow(x, p.left, p.kernelWidth, p.strideWidth);
      const last = endWindow(x, p.left, p.strideWidth, p.outWidth);
      shareCell(
        p,
        image,
        begin,
        end,
        first,
        last,
        p.images + ((<usize>(row * p.inWidth + x) * <usize>p.channels) << 2),
      );
    }
  }
}

/** One cell, covered by the windows from (begin, first) to before (end, last). */
function shareCell(p: PoolArgs, image: i32, begin: i32, end: i32, first: i32, last: i32, to: usize): void {
  const channels = p.channels;
  const cellPitch = (<usize>channels) << 2;
  let c = 0;
  for (; c <= channels - 8; c += 8) {
    const at = (<usize>c) << 2;
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    for (let row = begin; row < end; row++) {
      for (let column = first; column < last; column++) {
        const share = f32x4.splat(shareOf(p, row, column));
        const from = p.pooled + <usize>((image + row) * p.outWidth + column) * cellPitch + at;
        low = madd(v128.load(from), share, low);
        high = madd(v128.load(from, 16), share, high);
      }
    }
    storePair(to + at, low, high);
  }
  for (; c < channels; c++) {
    const at = (<usize>c) << 2;
    let sum: f32 = 0;
    for (let row = begin; row < end; row++) {
      for (let column = first; column < last; column++) {
        const from = p.pooled + <usize>((image + row) * p.outWidth + column) * cellPitch + at;
        sum += load<f32>(from) * shareOf(p, row, column);
      }
    }
    store<f32>(to + at, sum);
  }
}

/** 1 / the cells of a window that lie in the image. */
// @ts-ignore: decorator
@inline
function shareOf(p: PoolArgs, row: i32, column: i32): f32 {
  const rows = cellsInside(row, p.top, p.kernelHeight, p.strideHeight, p.inHeight);
  const columns = cellsInside(column, p.left, p.kernelWidth, p.strideWidth, p.inWidth);
  return 1 / <f32>(rows * columns);
}
