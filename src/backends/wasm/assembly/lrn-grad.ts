import { GeneralPower, HALF, HalfPower, Power, THREE_QUARTERS, ThreeQuarterPower, WHOLE, WholePower } from "./power";
import { clearPast, rowFloats, rowMargin, squares, windowSums } from "./lrn-row";
import { copy, madd, storePair, zero } from "./simd";

@unmanaged
export class LrnGradArgs {
  /** [rows, channels] */
  dy: usize;
  x: usize;
  dx: usize;
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

/**
 * dx[c] = dy[c] p[c] - 2 alpha beta x[c] * sum over the window of dy p x / n, with n = bias + alpha * sum of x² and
 * p = n^-beta, one task's rows. Scratch: six rows.
 */
export function lrnGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<LrnGradArgs>(args);
  if (a.power == THREE_QUARTERS) differentiateRows<ThreeQuarterPower>(a, task, scratch);
  else if (a.power == HALF) differentiateRows<HalfPower>(a, task, scratch);
  else if (a.power == WHOLE) differentiateRows<WholePower>(a, task, scratch);
  else differentiateRows<GeneralPower>(a, task, scratch);
}

function differentiateRows<P extends Power>(a: LrnGradArgs, task: i32, scratch: usize): void {
  const channels = a.channels;
  const floats = rowFloats(channels, a.radius);
  const pitch = (<usize>floats) << 2;
  zero(scratch, 6 * floats);
  // Rows in scratch: x and dy (where the channels do not fill whole vectors), x², dy p, dy p x / n, and sums.
  const paddedX = scratch + ((<usize>rowMargin(a.radius)) << 2);
  const paddedDy = paddedX + pitch;
  const squared = paddedDy + pitch;
  const scaled = squared + pitch;
  const shared = scaled + pitch;
  const sums = shared + pitch;
  const whole = (channels & 7) == 0;
  const last = min((task + 1) * a.rowsPerTask, a.rows);
  for (let row = task * a.rowsPerTask; row < last; row++) {
    const offset = (<usize>row * <usize>channels) << 2;
    let x = a.x + offset;
    let dy = a.dy + offset;
    let dx = a.dx + offset;
    if (!whole) {
      copy(x, paddedX, channels);
      copy(dy, paddedDy, channels);
      x = paddedX;
      dy = paddedDy;
      dx = sums;
    }
    squares(x, squared, channels);
    windowSums(squared, sums, channels, a.radius, a.alpha, a.bias);
    for (let c = 0; c < channels; c += 8) {
      const at = (<usize>c) << 2;
      const nLow = v128.load(sums + at);
      const nHigh = v128.load(sums + at, 16);
      const low = f32x4.mul(v128.load(dy + at), changetype<P>(0).vector(nLow, a.beta));
      const high = f32x4.mul(v128.load(dy + at, 16), changetype<P>(0).vector(nHigh, a.beta));
      storePair(scaled + at, low, high);
      storePair(
        shared + at,
        f32x4.div(f32x4.mul(low, v128.load(x + at)), nLow),
        f32x4.div(f32x4.mul(high, v128.load(x + at, 16)), nHigh),
      );
    }
    // Where n is 0 past the last channel, there are NaNs.
    if (!whole) clearPast(shared, channels);
    windowSums(shared, sums, channels, a.radius, -2 * a.alpha * a.beta, 0);
    for (let c = 0; c < channels; c += 8) {
      const at = (<usize>c) << 2;
      const low = madd(v128.load(x + at), v128.load(sums + at), v128.load(scaled + at));
      const high = madd(v128.load(x + at, 16), v128.load(sums + at, 16), v128.load(scaled + at, 16));
      storePair(dx + at, low, high);
    }
    if (!whole) copy(dx, a.dx + offset, channels);
  }
}
