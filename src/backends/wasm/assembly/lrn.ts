import { GeneralPower, HALF, HalfPower, Power, THREE_QUARTERS, ThreeQuarterPower, WHOLE, WholePower } from "./power";
import { rowMargin, rowFloats, windowSum } from "./lrn-row";
import { copy, madd, zero } from "./simd";

@unmanaged
export class LrnArgs {
  /** [rows, channels] */
  x: usize;
  y: usize;
  rows: i32;
  channels: i32;
  rowsPerTask: i32;
  radius: i32;
  /** Which power, see power.ts. */
  power: i32;
  bias: f32;
  alpha: f32;
  beta: f32;
}

/** y[c] = x[c] (bias + alpha * sum of x² over the window)^-beta, one task's rows. Scratch: two rows. */
export function lrn(args: usize, task: i32, scratch: usize): void {
  const a = changetype<LrnArgs>(args);
  if (a.power == THREE_QUARTERS) normalizeRows<ThreeQuarterPower>(a, task, scratch);
  else if (a.power == HALF) normalizeRows<HalfPower>(a, task, scratch);
  else if (a.power == WHOLE) normalizeRows<WholePower>(a, task, scratch);
  else normalizeRows<GeneralPower>(a, task, scratch);
}

function normalizeRows<P extends Power>(a: LrnArgs, task: i32, scratch: usize): void {
  const channels = a.channels;
  const radius = a.radius;
  const floats = rowFloats(channels, radius);
  zero(scratch, 2 * floats);
  const squares = scratch + (<usize>rowMargin(radius) << 2);
  const tail = squares + (<usize>floats << 2);
  const bias = f32x4.splat(a.bias);
  const alpha = f32x4.splat(a.alpha);
  const whole = channels & ~7;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    const x = a.x + offset;
    const y = a.y + offset;
    for (let c = 0; c < whole; c += 8) {
      const at = <usize>c << 2;
      const low = v128.load(x + at);
      const high = v128.load(x + at, 16);
      v128.store(squares + at, f32x4.mul(low, low));
      v128.store(squares + at, f32x4.mul(high, high), 16);
    }
    for (let c = whole; c < channels; c++) {
      const value = load<f32>(x + (<usize>c << 2));
      store<f32>(squares + (<usize>c << 2), value * value);
    }
    for (let c = 0; c < whole; c += 8) {
      const at = <usize>c << 2;
      const low = madd(alpha, windowSum(squares + at, radius), bias);
      const high = madd(alpha, windowSum(squares + at + 16, radius), bias);
      v128.store(y + at, f32x4.mul(v128.load(x + at), changetype<P>(0).vector(low, a.beta)));
      v128.store(y + at, f32x4.mul(v128.load(x + at, 16), changetype<P>(0).vector(high, a.beta)), 16);
    }
    if (whole < channels) {
      // The last few channels take the way of whole vectors, in scratch.
      const at = <usize>whole << 2;
      copy(x + at, tail, channels - whole);
      const low = madd(alpha, windowSum(squares + at, radius), bias);
      const high = madd(alpha, windowSum(squares + at + 16, radius), bias);
      v128.store(tail, f32x4.mul(v128.load(tail), changetype<P>(0).vector(low, a.beta)));
      v128.store(tail, f32x4.mul(v128.load(tail, 16), changetype<P>(0).vector(high, a.beta)), 16);
      copy(tail, y + at, channels - whole);
    }
  }
}
