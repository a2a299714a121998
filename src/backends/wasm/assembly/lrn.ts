import { GeneralPower, HALF, HalfPower, Power, THREE_QUARTERS, ThreeQuarterPower, WHOLE, WholePower } from "./power";
import { rowFloats, rowMargin, squares, windowSums } from "./lrn-row";
import { copy, storePair, zero } from "./simd";

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

/** y[c] = x[c] (bias + alpha * sum of x² over the window)^-beta, one task's rows. Scratch: three rows. */
export function lrn(args: usize, task: i32, scratch: usize): void {
  const a = changetype<LrnArgs>(args);
  if (a.power == THREE_QUARTERS) normalizeRows<ThreeQuarterPower>(a, task, scratch);
  else if (a.power == HALF) normalizeRows<HalfPower>(a, task, scratch);
  else if (a.power == WHOLE) normalizeRows<WholePower>(a, task, scratch);
  else normalizeRows<GeneralPower>(a, task, scratch);
}

function normalizeRows<P extends Power>(a: LrnArgs, task: i32, scratch: usize): void {
  const channels = a.channels;
  const floats = rowFloats(channels, a.radius);
  zero(scratch, 3 * floats);
  // Rows in scratch: x (where the channels do not fill whole vectors), x², and bias + alpha * their sums.
  const padded = scratch + ((<usize>rowMargin(a.radius)) << 2);
  const squared = padded + ((<usize>floats) << 2);
  const divisors = squared + ((<usize>floats) << 2);
  const whole = (channels & 7) == 0;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    let x = a.x + offset;
    let y = a.y + offset;
    if (!whole) {
      copy(x, padded, channels);
      x = padded;
      y = divisors;
    }
    squares(x, squared, channels);
    windowSums(squared, divisors, channels, a.radius, a.alpha, a.bias);
    for (let c = 0; c < channels; c += 8) {
      const at = (<usize>c) << 2;
      const low = changetype<P>(0).vector(v128.load(divisors + at), a.beta);
      const high = changetype<P>(0).vector(v128.load(divisors + at, 16), a.beta);
      storePair(y + at, f32x4.mul(v128.load(x + at), low), f32x4.mul(v128.load(x + at, 16), high));
    }
    if (!whole) copy(y, a.y + offset, channels);
  }
}
