/**
 * One pixel's channels in scratch, between zeros: a window that reaches over the ends then adds nothing, and whole
 * vectors may be read and written past the last channel.
 */

import { madd, storePair, zero } from "./simd";

/** Zeros before channel 0, in float32: the radius rounded up to whole vectors, so that channel 0 stays aligned. */
// @ts-ignore: decorator
@inline
export function rowMargin(radius: i32): i32 {
  return (radius + 7) & ~7;
}

/** float32 of one row: its channels rounded up to pairs of vectors, and margins. See the host's kernels/shared/response-normalization.ts. */
// @ts-ignore: decorator
@inline
export function rowFloats(channels: i32, radius: i32): i32 {
  return ((channels + 7) & ~7) + 2 * rowMargin(radius);
}

/**
 * to[c] = factor * (sum of from[c - radius .. c + radius]) + addend, for a row's channels rounded up to pairs of vectors.
 * Both vectors of a pair in one loop, so that V8 makes one 256-bit instruction of them.
 */
export function windowSums(from: usize, to: usize, channels: i32, radius: i32, factor: f32, addend: f32): void {
  const factors = f32x4.splat(factor);
  const addends = f32x4.splat(addend);
  const reach = (<usize>radius) << 2;
  for (let c = 0; c < channels; c += 8) {
    const at = (<usize>c) << 2;
    const end = from + at + reach;
    let next = from + at - reach;
    let low = v128.load(next);
    let high = v128.load(next, 16);
    for (next += 4; next <= end; next += 4) {
      low = f32x4.add(low, v128.load(next));
      high = f32x4.add(high, v128.load(next, 16));
    }
    storePair(to + at, madd(factors, low, addends), madd(factors, high, addends));
  }
}

/** to = from², for a row's channels rounded up to pairs of vectors. */
export function squares(from: usize, to: usize, channels: i32): void {
  for (let c = 0; c < channels; c += 8) {
    const at = (<usize>c) << 2;
    const low = v128.load(from + at);
    const high = v128.load(from + at, 16);
    storePair(to + at, f32x4.mul(low, low), f32x4.mul(high, high));
  }
}

/** Zeros a row past its last channel: windows may reach there. */
export function clearPast(row: usize, channels: i32): void {
  zero(row + ((<usize>channels) << 2), ((channels + 7) & ~7) - channels);
}
