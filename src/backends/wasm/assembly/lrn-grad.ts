import { GeneralPower, HALF, HalfPower, Power, THREE_QUARTERS, ThreeQuarterPower, WHOLE, WholePower } from "./power";
import { rowMargin, rowFloats, windowSum } from "./lrn-row";
import { copy, madd, zero } from "./simd";

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
 * p = n^-beta, one task's rows. Scratch: five rows.
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
  const radius = a.radius;
  const pitch = <usize>rowFloats(channels, radius) << 2;
  zero(scratch, 5 * rowFloats(channels, radius));
  // Rows in scratch: x and dy (where the channels do not fill whole vectors), x², dy p, and dy p x / n.
  const paddedX = scratch + (<usize>rowMargin(radius) << 2);
  const paddedDy = paddedX + pitch;
  const squares = paddedDy + pitch;
  const scaled = squares + pitch;
  const shared = scaled + pitch;
  const bias = f32x4.splat(a.bias);
  const alpha = f32x4.splat(a.alpha);
  const factor = f32x4.splat(-2 * a.alpha * a.beta);
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
      dx = paddedDy;
    }
    for (let c = 0; c < channels; c += 8) {
      const at = <usize>c << 2;
      const low = v128.load(x + at);
      const high = v128.load(x + at, 16);
      v128.store(squares + at, f32x4.mul(low, low));
      v128.store(squares + at, f32x4.mul(high, high), 16);
    }
    for (let c = 0; c < channels; c += 8) {
      const at = <usize>c << 2;
      const nLow = madd(alpha, windowSum(squares + at, radius), bias);
      const nHigh = madd(alpha, windowSum(squares + at + 16, radius), bias);
      const low = f32x4.mul(v128.load(dy + at), changetype<P>(0).vector(nLow, a.beta));
      const high = f32x4.mul(v128.load(dy + at, 16), changetype<P>(0).vector(nHigh, a.beta));
      v128.store(scaled + at, low);
      v128.store(scaled + at, high, 16);
      v128.store(shared + at, f32x4.div(f32x4.mul(low, v128.load(x + at)), nLow));
      v128.store(shared + at, f32x4.div(f32x4.mul(high, v128.load(x + at, 16)), nHigh), 16);
    }
    if (!whole) clearPast(shared, channels);
    for (let c = 0; c < channels; c += 8) {
      const at = <usize>c << 2;
      const low = f32x4.mul(f32x4.mul(factor, v128.load(x + at)), windowSum(shared + at, radius));
      const high = f32x4.mul(f32x4.mul(factor, v128.load(x + at, 16)), windowSum(shared + at + 16, radius));
      v128.store(dx + at, f32x4.add(v128.load(scaled + at), low));
      v128.store(dx + at, f32x4.add(v128.load(scaled + at, 16), high), 16);
    }
    if (!whole) {
      copy(dx, a.dx + offset, channels);
      clearPast(paddedDy, channels);
    }
  }
}

/** Zeros the rest of the last pair of vectors: where n is 0 or infinite there, it would be NaN. */
function clearPast(row: usize, channels: i32): void {
  zero(row + (<usize>channels << 2), ((channels + 7) & ~7) - channels);
}
