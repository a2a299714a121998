/**
 * The two passes of `resize.ts` for bytes of three channels, four sums in a vector, to the same bits.
 *
 * A filter lies in memory as int32: for every result its first element, then for every result how many elements it is
 * made of, then `taps` weights for every result.
 */

const FRACTION_BITS: i32 = 22;
const HALF: i32 = 1 << (FRACTION_BITS - 1);

@unmanaged
class Pass {
  /** Rows of bytes, `fromStride` apart. */
  from: usize;
  fromStride: usize;
  filter: usize;
  /** Weights that each result has room for. */
  taps: i32;
  /** Results, `toStride` apart. */
  to: usize;
  toStride: usize;
  /** Of the results: rows, and pixels in each. */
  height: i32;
  width: i32;
}

/** Across, row by row. Reads a byte behind the last pixel, and writes one behind each row. */
export function across(args: usize): void {
  const pass = changetype<Pass>(args);
  const width = pass.width;
  const rows = pass.height;
  const taps = pass.taps;
  const fromStride = pass.fromStride;
  const toStride = pass.toStride;
  const filter = pass.filter;
  let from = pass.from;
  let to = pass.to;
  const counts = filter + ((<usize>width) << 2);
  const weights = counts + ((<usize>width) << 2);
  // Two rows share the loads of the weights; an odd last one is done twice.
  for (let y = 0; y < rows; y += 2) {
    const next = y + 1 < rows ? fromStride : 0;
    const toNext = y + 1 < rows ? toStride : 0;
    for (let x = 0; x < width; x++) {
      let at = from + <usize>(load<i32>(filter + ((<usize>x) << 2)) * 3);
      let weight = weights + ((<usize>(x * taps)) << 2);
      const end = weight + ((<usize>load<i32>(counts + ((<usize>x) << 2))) << 2);
      let upper = i32x4.splat(HALF);
      let lower = upper;
      for (; weight < end; weight += 4, at += 3) {
        const w = v128.load32_splat(weight);
        upper = i32x4.add(upper, i32x4.mul(pixel(at), w));
        lower = i32x4.add(lower, i32x4.mul(pixel(at + next), w));
      }
      storePixel(to + <usize>(x * 3), upper);
      storePixel(to + toNext + <usize>(x * 3), lower);
    }
    from += fromStride * 2;
    to += toStride * 2;
  }
}

/** Red, green, blue and one byte more as int32. */
@inline
function pixel(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

@inline
function storePixel(to: usize, sum: v128): void {
  const words = i32x4.shr_s(sum, FRACTION_BITS);
  const halves = i16x8.narrow_i32x4_s(words, words);
  v128.store32_lane(to, i8x16.narrow_i16x8_u(halves, halves), 0);
}

/** Down, a row of results at a time. Reads up to 15 bytes behind a row, and writes as many behind each. */
export function down(args: usize): void {
  const pass = changetype<Pass>(args);
  const height = pass.height;
  const length = pass.width * 3;
  const taps = pass.taps;
  const fromStride = pass.fromStride;
  const filter = pass.filter;
  let to = pass.to;
  const counts = filter + ((<usize>height) << 2);
  const weights = counts + ((<usize>height) << 2);
  for (let y = 0; y < height; y++) {
    const first = pass.from + <usize>load<i32>(filter + ((<usize>y) << 2)) * fromStride;
    const begin = weights + ((<usize>(y * taps)) << 2);
    const end = begin + ((<usize>load<i32>(counts + ((<usize>y) << 2))) << 2);
    for (let x = 0; x < length; x += 16) {
      let a = i32x4.splat(HALF);
      let b = a;
      let c = a;
      let d = a;
      let at = first + <usize>x;
      for (let weight = begin; weight < end; weight += 4, at += fromStride) {
        const w = v128.load32_splat(weight);
        const bytes = v128.load(at);
        const low = i16x8.extend_low_i8x16_u(bytes);
        const high = i16x8.extend_high_i8x16_u(bytes);
        a = i32x4.add(a, i32x4.mul(i32x4.extend_low_i16x8_u(low), w));
        b = i32x4.add(b, i32x4.mul(i32x4.extend_high_i16x8_u(low), w));
        c = i32x4.add(c, i32x4.mul(i32x4.extend_low_i16x8_u(high), w));
        d = i32x4.add(d, i32x4.mul(i32x4.extend_high_i16x8_u(high), w));
      }
      const low = i16x8.narrow_i32x4_s(i32x4.shr_s(a, FRACTION_BITS), i32x4.shr_s(b, FRACTION_BITS));
      const high = i16x8.narrow_i32x4_s(i32x4.shr_s(c, FRACTION_BITS), i32x4.shr_s(d, FRACTION_BITS));
      // What goes behind the row's end is the next row's, which is written after it.
      v128.store(to + <usize>x, i8x16.narrow_i16x8_u(low, high));
    }
    to += pass.toStride;
  }
}
