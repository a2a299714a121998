import { madd } from "./simd";
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
      shareCell(p, image, begin, end, first, last, p.images + ((<usize>(row * p.inWidth + x) * <usize>p.channels) << 2));
    }
  }
}

/** One cell, covered by the windows from (begin, first) to before (end, last). */
function shareCell(p: PoolArgs, image: i32, begin: i32, end: i32, first: i32, last: i32, to: usize): void {
  const channels = p.channels;
  const cellPitch = <usize>channels << 2;
  let c = 0;
  for (; c < channels; c += 8) {
    const at = <usize>c << 2;
    const whole = c <= channels - 8;
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    for (let row = begin; row < end; row++) {
      const rows = cellsInside(row, p.top, p.kernelHeight, p.strideHeight, p.inHeight);
      for (let column = first; column < last; column++) {
        const columns = cellsInside(column, p.left, p.kernelWidth, p.strideWidth, p.inWidth);
        const share: f32 = 1 / <f32>(rows * columns);
        const from = p.pooled + <usize>((image + row) * p.outWidth + column) * cellPitch + at;
        if (whole) {
          low = madd(v128.load(from), f32x4.splat(share), low);
          high = madd(v128.load(from, 16), f32x4.splat(share), high);
        } else {
          for (let tail = 0; tail < channels - c; tail++) {
            const cell = to + at + (<usize>tail << 2);
            const sum: f32 = row == begin && column == first ? 0 : load<f32>(cell);
            store<f32>(cell, sum + load<f32>(from + (<usize>tail << 2)) * share);
          }
        }
      }
    }
    if (whole) {
      v128.store(to + at, low);
      v128.store(to + at, high, 16);
    } else if (begin >= end || first >= last) {
      memory.fill(to + at, 0, <usize>(channels - c) << 2);
    }
  }
}
