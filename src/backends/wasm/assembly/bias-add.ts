import { storePair } from "./simd";

@unmanaged
export class BiasAddArgs {
  /** [rows, channels] */
  x: usize;
  /** [channels] */
  bias: usize;
  /** [rows, channels]; may be x. */
  y: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
}

/** y[row][c] = x[row][c] + bias[c], one task's rows. */
export function biasAdd(args: usize, task: i32, scratch: usize): void {
  const a = changetype<BiasAddArgs>(args);
  const channels = a.channels;
  const bias = a.bias;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    const x = a.x + offset;
    const y = a.y + offset;
    let c = 0;
    for (; c <= channels - 8; c += 8) {
      const at = (<usize>c) << 2;
      const low = f32x4.add(v128.load(x + at), v128.load(bias + at));
      const high = f32x4.add(v128.load(x + at, 16), v128.load(bias + at, 16));
      storePair(y + at, low, high);
    }
    for (; c < channels; c++) {
      const at = (<usize>c) << 2;
      store<f32>(y + at, load<f32>(x + at) + load<f32>(bias + at));
    }
  }
}
