/**
 * Winograd's minimal filtering with eight points: F(6, 3) and F(4, 5), and what their gradients need.
 *
 *     y = Aᵀ [(G g) ⊙ (Bᵀ d)]        F(m, r): m results of a filter with r taps from 8 = m + r - 1 inputs
 *
 * Points 0, 1, -1, 2, -2, 1/2, -1/2 and infinity, by the construction of Cook and Toom (Lavin and Gray 2015, section 4; the same
 * matrices are in wincnn and NNPACK):
 *
 *     Bᵀ = [1    0   -21/4   0    21/4    0   -1  0]      G = a row [1 a a² ...] * n for each point a:
 *          [0    1     1   -17/4 -17/4    1    1  0]            a      0    1    -1     2     -2    1/2   -1/2   inf
 *          [0   -1     1    17/4 -17/4   -1    1  0]            n      1  -2/9  -2/9   1/90  1/90  32/45  32/45
 *          [0   1/2   1/4   -5/2  -5/4    2    1  0]            and [0 ... 0 1] for infinity
 *          [0  -1/2   1/4    5/2  -5/4   -2    1  0]
 *          [0    2     4    -5/2   -5    1/2   1  0]      Aᵀ = a column [1 a a² ...] for each point a;
 *          [0   -2     4     5/2   -5   -1/2   1  0]            [0 ... 0 1] for infinity
 *          [0   -1     0    21/4    0   -21/4  0  1]
 *
 * Each function is a 1-D transform along rows, as in winograd-six.ts. Transforms of filters: winograd-eight-filter.ts.
 */

import { madd } from "./simd";
import { minus, Sink, sum, times } from "./winograd-vectors";

/** See winograd-six.ts. */
export const CONSTANTS: usize = memory.data<f32>([
  5.25,
  -4.25,
  0.25,
  -1.25,
  0.5,
  -2.5,
  2,
  4,
  -5,
  8,
  16,
  32,
  0.125,
  0.0625,
  0.03125,
  -2.0 / 9.0,
  1.0 / 90.0,
  32.0 / 45.0,
]);

// Where each lies in the table, in bytes. A scale is the n of its points, 1 and -1, 2 and -2, 1/2 and -1/2.
export const TWENTY_ONE_QUARTERS: usize = 0;
export const MINUS_SEVENTEEN_QUARTERS: usize = 4;
export const QUARTER: usize = 8;
export const MINUS_FIVE_QUARTERS: usize = 12;
export const HALF: usize = 16;
export const MINUS_FIVE_HALVES: usize = 20;
export const TWO: usize = 24;
export const FOUR: usize = 28;
export const MINUS_FIVE: usize = 32;
export const EIGHT: usize = 36;
export const SIXTEEN: usize = 40;
export const THIRTY_TWO: usize = 44;
export const EIGHTH: usize = 48;
export const SIXTEENTH: usize = 52;
export const THIRTY_SECOND: usize = 56;
export const SCALE_ONE: usize = 60;
export const SCALE_TWO: usize = 64;
export const SCALE_HALF: usize = 68;

/** Bᵀ d over `bytes` of channels from the eight addresses in the table `rows` to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const r5 = v128.load32_splat(CONSTANTS, TWENTY_ONE_QUARTERS),
    m4 = v128.load32_splat(CONSTANTS, MINUS_SEVENTEEN_QUARTERS),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    m1 = v128.load32_splat(CONSTANTS, MINUS_FIVE_QUARTERS),
    half = v128.load32_splat(CONSTANTS, HALF),
    m2 = v128.load32_splat(CONSTANTS, MINUS_FIVE_HALVES),
    two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    m5 = v128.load32_splat(CONSTANTS, MINUS_FIVE);
  const p = new StaticArray<usize>(8);
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(8);
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(8);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(8);
            for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = madd(r5, minus(x[4], x[2]), minus(x[0], x[6]));
            // Points a and -a: even terms plus and minus odd ones.
            const even1 = madd(m4, x[4], sum(x[2], x[6]));
            const odd1 = madd(m4, x[3], sum(x[1], x[5]));
            y[1][h] = sum(even1, odd1);
            y[2][h] = minus(even1, odd1);
            const even2 = madd(quarter, x[2], madd(m1, x[4], x[6]));
            const odd2 = madd(half, x[1], madd(m2, x[3], times(two, x[5])));
            y[3][h] = sum(even2, odd2);
            y[4][h] = minus(even2, odd2);
            const evenHalf = madd(four, x[2], madd(m5, x[4], x[6]));
            const oddHalf = madd(two, x[1], madd(m2, x[3], times(half, x[5])));
            y[5][h] = sum(evenHalf, oddHalf);
            y[6][h] = minus(evenHalf, oddHalf);
            y[7][h] = madd(r5, minus(x[3], x[5]), minus(x[7], x[1]));
          }
          for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) p[i] += width;
    }
  }
}

/** Aᵀ(6) m over `bytes` of channels, from eight rows `fromStep` bytes apart to where the sink says. */
// @ts-ignore: decorator
@inline
export function output8to6<S extends Sink>(
  from: usize,
  fromStep: usize,
  bytes: usize,
  to: usize,
  toStep: usize,
  floor: v128,
): void {
  const sink = changetype<S>(0);
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    sixteen = v128.load32_splat(CONSTANTS, SIXTEEN),
    c32 = v128.load32_splat(CONSTANTS, THIRTY_TWO),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH),
    c16th = v128.load32_splat(CONSTANTS, SIXTEENTH),
    c32nd = v128.load32_splat(CONSTANTS, THIRTY_SECOND);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p = new StaticArray<usize>(8);
      const t = new StaticArray<usize>(6);
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) p[i] = from + done + fromStep * i;
      for (const i of [0, 1, 2, 3, 4, 5]) t[i] = sink.at(to, toStep, i) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(6);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(8);
            for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) x[i] = v128.load(p[i], v + h * 16);
            const sum1 = sum(x[1], x[2]);
            const difference1 = minus(x[1], x[2]);
            const sum2 = sum(x[3], x[4]);
            const difference2 = minus(x[3], x[4]);
            const sumHalf = sum(x[5], x[6]);
            const differenceHalf = minus(x[5], x[6]);
            y[0][h] = sum(sum(x[0], sum1), sum(sum2, sumHalf));
            y[1][h] = madd(two, difference2, madd(half, differenceHalf, difference1));
            y[2][h] = madd(four, sum2, madd(quarter, sumHalf, sum1));
            y[3][h] = madd(eight, difference2, madd(eighth, differenceHalf, difference1));
            y[4][h] = madd(sixteen, sum2, madd(c16th, sumHalf, sum1));
            y[5][h] = sum(madd(c32, difference2, madd(c32nd, differenceHalf, difference1)), x[7]);
          }
          for (const i of [0, 1, 2, 3, 4, 5])
            for (const h of [1, 0]) v128.store(t[i], sink.last(y[i][h], floor), v + h * 16);
        }
      }
    }
  }
}

/** Aᵀ(4) m. */
// @ts-ignore: decorator
@inline
export function output8to4<S extends Sink>(
  from: usize,
  fromStep: usize,
  bytes: usize,
  to: usize,
  toStep: usize,
  floor: v128,
): void {
  const sink = changetype<S>(0);
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p = new StaticArray<usize>(8);
      const t = new StaticArray<usize>(4);
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) p[i] = from + done + fromStep * i;
      for (const i of [0, 1, 2, 3]) t[i] = sink.at(to, toStep, i) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(4);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(8);
            for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) x[i] = v128.load(p[i], v + h * 16);
            const sum1 = sum(x[1], x[2]);
            const difference1 = minus(x[1], x[2]);
            const sum2 = sum(x[3], x[4]);
            const difference2 = minus(x[3], x[4]);
            const sumHalf = sum(x[5], x[6]);
            const differenceHalf = minus(x[5], x[6]);
            y[0][h] = sum(sum(x[0], sum1), sum(sum2, sumHalf));
            y[1][h] = madd(two, difference2, madd(half, differenceHalf, difference1));
            y[2][h] = madd(four, sum2, madd(quarter, sumHalf, sum1));
            y[3][h] = sum(madd(eight, difference2, madd(eighth, differenceHalf, difference1)), x[7]);
          }
          for (const i of [0, 1, 2, 3]) for (const h of [1, 0]) v128.store(t[i], sink.last(y[i][h], floor), v + h * 16);
        }
      }
    }
  }
}

/** A(6) d: the transpose of Aᵀ(6), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient6to8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    sixteen = v128.load32_splat(CONSTANTS, SIXTEEN),
    c32 = v128.load32_splat(CONSTANTS, THIRTY_TWO),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH),
    c16th = v128.load32_splat(CONSTANTS, SIXTEENTH),
    c32nd = v128.load32_splat(CONSTANTS, THIRTY_SECOND);
  const p = new StaticArray<usize>(6);
  for (const i of [0, 1, 2, 3, 4, 5]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(8);
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(8);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(6);
            for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = x[0];
            const even1 = sum(sum(x[0], x[2]), x[4]);
            const odd1 = sum(sum(x[1], x[3]), x[5]);
            y[1][h] = sum(even1, odd1);
            y[2][h] = minus(even1, odd1);
            const even2 = madd(sixteen, x[4], madd(four, x[2], x[0]));
            const odd2 = madd(c32, x[5], madd(eight, x[3], times(two, x[1])));
            y[3][h] = sum(even2, odd2);
            y[4][h] = minus(even2, odd2);
            const evenHalf = madd(c16th, x[4], madd(quarter, x[2], x[0]));
            const oddHalf = madd(c32nd, x[5], madd(eighth, x[3], times(half, x[1])));
            y[5][h] = sum(evenHalf, oddHalf);
            y[6][h] = minus(evenHalf, oddHalf);
            y[7][h] = x[5];
          }
          for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1, 2, 3, 4, 5]) p[i] += width;
    }
  }
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH);
  const p = new StaticArray<usize>(4);
  for (const i of [0, 1, 2, 3]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(8);
      for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(8);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(4);
            for (const i of [0, 1, 2, 3]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = x[0];
            const even1 = sum(x[0], x[2]);
            const odd1 = sum(x[1], x[3]);
            y[1][h] = sum(even1, odd1);
            y[2][h] = minus(even1, odd1);
            const even2 = madd(four, x[2], x[0]);
            const odd2 = madd(eight, x[3], times(two, x[1]));
            y[3][h] = sum(even2, odd2);
            y[4][h] = minus(even2, odd2);
            const evenHalf = madd(quarter, x[2], x[0]);
            const oddHalf = madd(eighth, x[3], times(half, x[1]));
            y[5][h] = sum(evenHalf, oddHalf);
            y[6][h] = minus(evenHalf, oddHalf);
            y[7][h] = x[3];
          }
          for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1, 2, 3]) p[i] += width;
    }
  }
}
