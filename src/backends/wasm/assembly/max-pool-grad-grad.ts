import { BYTE_CELLS, PoolArgs } from "./pool-args";

/** Of each window the cell that won, one task's rows of results; 0 where the winner lies outside: it may be fed. */
export function maxPoolGradGrad(args: usize, task: i32, scratch: usize): void {
  const p = changetype<PoolArgs>(args);
  if (p.kernelHeight * p.kernelWidth <= BYTE_CELLS) pick<u8>(p, task);
  else pick<i32>(p, task);
}

/** The same with winners of type W. */
function pick<W>(p: PoolArgs, task: i32): void {
  const channels = p.channels;
  const last = min((task + 1) * p.rowsPerTask, p.batch * p.outHeight);
  for (let row = task * p.rowsPerTask; row < last; row++) {
    const image = (row / p.outHeight) * p.inHeight;
    const top = (row % p.outHeight) * p.strideHeight - p.top;
    for (let column = 0; column < p.outWidth; column++) {
      const left = column * p.strideWidth - p.left;
      const to = <usize>(row * p.outWidth + column) * <usize>channels;
      for (let c = 0; c < channels; c++) {
        const at = to + <usize>c;
        const cell = <i32>load<W>(p.winners + at * sizeof<W>());
        const y = top + cell / p.kernelWidth;
        const x = left + (cell % p.kernelWidth);
        const inside =
          <u32>y < <u32>p.inHeight && <u32>x < <u32>p.inWidth && <u32>cell < <u32>(p.kernelHeight * p.kernelWidth);
        const from = <usize>((image + y) * p.inWidth + x) * <usize>channels + <usize>c;
        store<f32>(p.pooled + (at << 2), inside ? load<f32>(p.images + (from << 2)) : 0);
      }
    }
  }
}
