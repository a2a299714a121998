import { BYTE_CELLS, PoolArgs } from "./pool-args";
import { poolCells } from "./pool-cells";

/** The maximum of each window and the cell that it came from, one task's rows of results. */
export function maxPool(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  const channels = p.channels;
  const cellPitch = (<usize>channels) << 2;
  const rowPitch = <usize>p.inWidth * cellPitch;
  const bytes = p.kernelHeight * p.kernelWidth <= BYTE_CELLS;
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.outHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const image = p.images + <usize>(row / p.outHeight) * <usize>p.inHeight * rowPitch;
    const top = (row % p.outHeight) * p.strideHeight - p.top;
    const begin = max(top, 0);
    const end = min(top + p.kernelHeight, p.inHeight);
    for (let column = 0; column < p.outWidth; column++) {
      const left = column * p.strideWidth - p.left;
      const first = max(left, 0);
      const to = <usize>(row * p.outWidth + column) * <usize>channels;
      poolCells(
        image + <usize>begin * rowPitch + <usize>first * cellPitch,
        rowPitch,
        cellPitch,
        end - begin,
        min(left + p.kernelWidth, p.inWidth) - first,
        (begin - top) * p.kernelWidth + first - left,
        p.kernelWidth,
        channels,
        p.pooled + (to << 2),
        p.winners + (bytes ? to : to << 2),
        bytes,
      );
    }
  }
}
