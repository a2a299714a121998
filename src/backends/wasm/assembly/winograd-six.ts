/**
 * Winograd's minimal filtering with six points: F(4, 3) and F(2, 5), and what their gradients need.
 *
 *     y = Aᵀ [(G g) ⊙ (Bᵀ d)]        F(m, r): m results of a filter with r taps from 6 = m + r - 1 inputs
 *
 * Points 0, 1, -1, 2, -2 and infinity; the matrices are those of Lavin and Gray, Fast Algorithms for Convolutional Neural Networks
 * (2015), section 4.3, except that F(2, 5) is made of the same points by the same rule:
 *
 *     Bᵀ = [4   0  -5   0  1  0]     G(3) = [ 1/4    0     0 ]     Aᵀ(4) = [1  1   1  1   1  0]
 *          [0  -4  -4   1  1  0]            [-1/6  -1/6  -1/6]             [0  1  -1  2  -2  0]
 *          [0   4  -4  -1  1  0]            [-1/6   1/6  -1/6]             [0  1   1  4   4  0]
 *          [0  -2  -1   2  1  0]            [1/24  1/12   1/6]             [0  1  -1  8  -8  1]
 *          [0   2  -1  -2  1  0]            [1/24 -1/12   1/6]
 *          [0   4   0  -5  0  1]            [  0     0     1 ]     Aᵀ(2) = [1  1   1  1   1  0]
 *                                                                          [0  1  -1  2  -2  1]
 *     G(5): a row for each point a is [1 a a² a³ a⁴] / n, n = 4, -6, -6, 24, 24; the last is [0 0 0 0 1].
 *
 * Each function here is a 1-D transform y of x, element by element along rows of channels, for V8 to make 256-bit instructions
 * of: eight channels are a pair of vectors, h its low (0) and high half (1). All results are computed before the first is stored,
 * or there would be no pairs: V8 moves no load over a store. Of a pair the high half is stored first (see storePair). Sixteen
 * channels at a time share the addresses, which are a third of the instructions. Loops over lists are written out, and arrays are
 * local variables (docs/decisions/0011-steps-written-out.md). The 2-D transform of a tile is one over its columns and one over
 * the rows of that (winograd-tile.ts). Transforms of filters: winograd-six-filter.ts.
 */

import { madd } from "./simd";
import { minus, Sink, sum } from "./winograd-vectors";

/**
 * The constants in memory: one broadcasting load each. V8 builds a vector constant with three instructions, anew at every use.
 */
export const CONSTANTS: usize = memory.data<f32>([
  4,
  -4,
  -5,
  2,
  -2,
  8,
  0.25,
  -1.0 / 6.0,
  1.0 / 24.0,
  1.0 / 12.0,
  1.0 / 6.0,
  1.0 / 3.0,
  2.0 / 3.0,
]);

// Where each lies in the table, in bytes.
export const FOUR: usize = 0;
export const MINUS_FOUR: usize = 4;
export const MINUS_FIVE: usize = 8;
export const TWO: usize = 12;
export const MINUS_TWO: usize = 16;
export const EIGHT: usize = 20;
export const QUARTER: usize = 24;
export const MINUS_SIXTH: usize = 28;
export const TWENTY_FOURTH: usize = 32;
export const TWELFTH: usize = 36;
export const SIXTH: usize = 40;
export const THIRD: usize = 44;
export const TWO_THIRDS: usize = 48;

/** Bᵀ d over `bytes` of channels from the six addresses in the table `rows` to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const four = v128.load32_splat(CONSTANTS, FOUR),
    minusFour = v128.load32_splat(CONSTANTS, MINUS_FOUR),
    minusFive = v128.load32_splat(CONSTANTS, MINUS_FIVE),
    two = v128.load32_splat(CONSTANTS, TWO),
    minusTwo = v128.load32_splat(CONSTANTS, MINUS_TWO);
  const p = new StaticArray<usize>(6);
  for (const i of [0, 1, 2, 3, 4, 5]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(6);
      for (const i of [0, 1, 2, 3, 4, 5]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(6);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(6);
            for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = madd(four, x[0], madd(minusFive, x[2], x[4]));
            // Points 1 and -1: even terms plus and minus odd ones; so are points 2 and -2.
            const even1 = madd(minusFour, x[2], x[4]);
            const odd1 = madd(minusFour, x[1], x[3]);
            y[1][h] = sum(even1, odd1);
            y[2][h] = minus(even1, odd1);
            const even2 = minus(x[4], x[2]);
            const odd2 = minus(x[3], x[1]);
            y[3][h] = madd(two, odd2, even2);
            y[4][h] = madd(minusTwo, odd2, even2);
            y[5][h] = madd(four, x[1], madd(minusFive, x[3], x[5]));
          }
          for (const i of [0, 1, 2, 3, 4, 5]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1, 2, 3, 4, 5]) p[i] += width;
    }
  }
}

/** Aᵀ(4) m over `bytes` of channels, from six rows `fromStep` bytes apart to where the sink says. */
// @ts-ignore: decorator
@inline
export function output6to4<S extends Sink>(
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
    eight = v128.load32_splat(CONSTANTS, EIGHT);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p = new StaticArray<usize>(6);
      const t = new StaticArray<usize>(4);
      for (const i of [0, 1, 2, 3, 4, 5]) p[i] = from + done + fromStep * i;
      for (const i of [0, 1, 2, 3]) t[i] = sink.at(to, toStep, i) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(4);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(6);
            for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(p[i], v + h * 16);
            const sum1 = sum(x[1], x[2]);
            const difference1 = minus(x[1], x[2]);
            const sum2 = sum(x[3], x[4]);
            const difference2 = minus(x[3], x[4]);
            y[0][h] = sum(sum(x[0], sum1), sum2);
            y[1][h] = madd(two, difference2, difference1);
            y[2][h] = madd(four, sum2, sum1);
            y[3][h] = sum(madd(eight, difference2, difference1), x[5]);
          }
          for (const i of [0, 1, 2, 3]) for (const h of [1, 0]) v128.store(t[i], sink.last(y[i][h], floor), v + h * 16);
        }
      }
    }
  }
}

/** Aᵀ(2) m. */
// @ts-ignore: decorator
@inline
export function output6to2<S extends Sink>(
  from: usize,
  fromStep: usize,
  bytes: usize,
  to: usize,
  toStep: usize,
  floor: v128,
): void {
  const sink = changetype<S>(0);
  const two = v128.load32_splat(CONSTANTS, TWO);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p = new StaticArray<usize>(6);
      const t = new StaticArray<usize>(2);
      for (const i of [0, 1, 2, 3, 4, 5]) p[i] = from + done + fromStep * i;
      for (const i of [0, 1]) t[i] = sink.at(to, toStep, i) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(2);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(6);
            for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = sum(sum(x[0], sum(x[1], x[2])), sum(x[3], x[4]));
            y[1][h] = sum(madd(two, minus(x[3], x[4]), minus(x[1], x[2])), x[5]);
          }
          for (const i of [0, 1]) for (const h of [1, 0]) v128.store(t[i], sink.last(y[i][h], floor), v + h * 16);
        }
      }
    }
  }
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    minusTwo = v128.load32_splat(CONSTANTS, MINUS_TWO);
  const p = new StaticArray<usize>(4);
  for (const i of [0, 1, 2, 3]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(6);
      for (const i of [0, 1, 2, 3, 4, 5]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(6);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(4);
            for (const i of [0, 1, 2, 3]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = x[0];
            const even1 = sum(x[0], x[2]);
            const odd1 = sum(x[1], x[3]);
            y[1][h] = sum(even1, odd1);
            y[2][h] = minus(even1, odd1);
            const even2 = madd(four, x[2], x[0]);
            const odd2 = madd(four, x[3], x[1]);
            y[3][h] = madd(two, odd2, even2);
            y[4][h] = madd(minusTwo, odd2, even2);
            y[5][h] = x[3];
          }
          for (const i of [0, 1, 2, 3, 4, 5]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1, 2, 3]) p[i] += width;
    }
  }
}

/** A(2) d. */
// @ts-ignore: decorator
@inline
export function gradient2to6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    minusTwo = v128.load32_splat(CONSTANTS, MINUS_TWO);
  const p = new StaticArray<usize>(2);
  for (const i of [0, 1]) p[i] = load<usize>(rows, i * 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t = new StaticArray<usize>(6);
      for (const i of [0, 1, 2, 3, 4, 5]) t[i] = to + step * i;
      for (const v of [0, 32]) {
        if (v < width) {
          const y = new StaticArray<StaticArray<v128>>(6);
          for (const h of [0, 1]) {
            const x = new StaticArray<v128>(2);
            for (const i of [0, 1]) x[i] = v128.load(p[i], v + h * 16);
            y[0][h] = x[0];
            y[1][h] = sum(x[0], x[1]);
            y[2][h] = minus(x[0], x[1]);
            y[3][h] = madd(two, x[1], x[0]);
            y[4][h] = madd(minusTwo, x[1], x[0]);
            y[5][h] = x[1];
          }
          for (const i of [0, 1, 2, 3, 4, 5]) for (const h of [1, 0]) v128.store(t[i], y[i][h], v + h * 16);
        }
      }
      for (const i of [0, 1]) p[i] += width;
    }
  }
}
