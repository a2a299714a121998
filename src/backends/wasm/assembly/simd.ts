/** Small vector helpers shared by every kernel. */

/**
 * a * b + c in each lane. Fused where the build allows relaxed instructions, so the last bit may differ between builds
 * and machines, never between runs or thread counts of one build.
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * Stores a pair of vectors. High half first: V8 then makes 256-bit instructions of both halves, back to where they come from. The
 * other way round it keeps the low store as well, or both halves.
 */
// @ts-ignore: decorator
@inline
export function storePair(to: usize, low: v128, high: v128): void {
  v128.store(to, high, 16);
  v128.store(to, low);
}

/** Sets `count` float32 at `to` to zero. */
export function zero(to: usize, count: i32): void {
  const end = to + ((<usize>count) << 2);
  const pairs = to + ((<usize>count >> 3) << 5);
  for (; to < pairs; to += 32) {
    storePair(to, f32x4.splat(0), f32x4.splat(0));
  }
  for (; to < end; to += 4) store<f32>(to, 0);
}

/** Copies `count` float32; the ranges do not overlap. */
export function copy(from: usize, to: usize, count: i32): void {
  const end = to + ((<usize>count) << 2);
  const pairs = to + ((<usize>count >> 3) << 5);
  for (; to < pairs; to += 32, from += 32) {
    const low = v128.load(from);
    const high = v128.load(from, 16);
    storePair(to, low, high);
  }
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(from));
}

/** out[i] = mask[i] > 0 ? out[i] : 0. @param mask bytes from an element to its mask. */
export function maskRow(out: usize, mask: usize, count: i32): void {
  const none = f32x4.splat(0);
  let i = 0;
  for (; i <= count - 8; i += 8, out += 32) {
    const low = v128.and(v128.load(out), f32x4.gt(v128.load(out + mask), none));
    const high = v128.and(v128.load(out, 16), f32x4.gt(v128.load(out + mask, 16), none));
    storePair(out, low, high);
  }
  for (; i < count; i++, out += 4) if (!(load<f32>(out + mask) > 0)) store<f32>(out, 0);
}
