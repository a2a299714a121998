import { cellsInside, PoolArgs } from "./pool-args";
import { storePair } from "./simd";

/** The mean of the cells of each window that lie in the image, one task's rows of results. */
export function avgPool(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  const cellPitch = (<usize>p.channels) << 2;
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.outHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const image = p.images + <usize>(row / p.outHeight) * <usize>(p.inHeight * p.inWidth) * cellPitch;
    const index = row % p.outHeight;
    const begin = max(index * p.strideHeight - p.top, 0);
    const rows = cellsInside(index, p.top, p.kernelHeight, p.strideHeight, p.inHeight);
    for (let column = 0; column < p.outWidth; column++) {
      const first = max(column * p.strideWidth - p.left, 0);
      const columns = cellsInside(column, p.left, p.kernelWidth, p.strideWidth, p.inWidth);
      const corner = image + <usize>(begin * p.inWidth + first) * cellPitch;
      averageWindow(p, corner, rows, columns, p.pooled + <usize>(row * p.outWidth + column) * cellPitch);
    }
  }
}

function averageWindow(p: PoolArgs, corner: usize, rows: i32, columns: i32, to: usize): void {
  const channels = p.channels;
  const cellPitch = (<usize>channels) << 2;
  const rowPitch = <usize>p.inWidth * cellPitch;
  const share: f32 = 1 / <f32>(rows * columns);
  const shares = f32x4.splat(share);
  let c = 0;
  for (; c <= channels - 8; c += 8) {
    const at = (<usize>c) << 2;
    let low = f32x4.splat(0);
    let high = f32x4.splat(0);
    for (let row = 0; row < rows; row++) {
      let from = corner + <usize>row * rowPitch + at;
      for (let column = 0; column < columns; column++, from += cellPitch) {
        low = f32x4.add(low, v128.load(from));
        high = f32x4.add(high, v128.load(from, 16));
      }
    }
    storePair(to + at, f32x4.mul(low, shares), f32x4.mul(high, shares));
  }
  for (; c < channels; c++) {
    const at = (<usize>c) << 2;
    let sum: f32 = 0;
    for (let row = 0; row < rows; row++) {
      let from = corner + <usize>row * rowPitch + at;
      for (let column = 0; column < columns; column++, from += cellPitch) sum += load<f32>(from);
    }
    store<f32>(to + at, sum * share);
  }
}
