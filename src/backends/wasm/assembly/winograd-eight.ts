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

/** Bᵀ d over `bytes` of channels from the eight addresses in the table `rows` to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const r5 = v128.load32_splat(CONSTANTS, 0),
    m4 = v128.load32_splat(CONSTANTS, 4),
    quarter = v128.load32_splat(CONSTANTS, 8),
    m1 = v128.load32_splat(CONSTANTS, 12),
    half = v128.load32_splat(CONSTANTS, 16),
    m2 = v128.load32_splat(CONSTANTS, 20),
    two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    m5 = v128.load32_splat(CONSTANTS, 32);
  let p0 = load<usize>(rows);
  let p1 = load<usize>(rows, 4);
  let p2 = load<usize>(rows, 8);
  let p3 = load<usize>(rows, 12);
  let p4 = load<usize>(rows, 16);
  let p5 = load<usize>(rows, 20);
  let p6 = load<usize>(rows, 24);
  let p7 = load<usize>(rows, 28);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t0 = to,
        t1 = to + step,
        t2 = to + 2 * step,
        t3 = to + 3 * step,
        t4 = to + 4 * step,
        t5 = to + 5 * step,
        t6 = to + 6 * step,
        t7 = to + 7 * step;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          const a2 = v128.load(p2, v),
            b2 = v128.load(p2, v + 16);
          const a3 = v128.load(p3, v),
            b3 = v128.load(p3, v + 16);
          const a4 = v128.load(p4, v),
            b4 = v128.load(p4, v + 16);
          const a5 = v128.load(p5, v),
            b5 = v128.load(p5, v + 16);
          const a6 = v128.load(p6, v),
            b6 = v128.load(p6, v + 16);
          const a7 = v128.load(p7, v),
            b7 = v128.load(p7, v + 16);
          v128.store(t0, madd(r5, minus(b4, b2), minus(b0, b6)), v + 16);
          v128.store(t0, madd(r5, minus(a4, a2), minus(a0, a6)), v);
          // Points a and -a: even terms plus and minus odd ones.
          const aE1 = madd(m4, a4, sum(a2, a6)),
            bE1 = madd(m4, b4, sum(b2, b6));
          const aO1 = madd(m4, a3, sum(a1, a5)),
            bO1 = madd(m4, b3, sum(b1, b5));
          v128.store(t1, sum(bE1, bO1), v + 16);
          v128.store(t1, sum(aE1, aO1), v);
          v128.store(t2, minus(bE1, bO1), v + 16);
          v128.store(t2, minus(aE1, aO1), v);
          const aE2 = madd(quarter, a2, madd(m1, a4, a6)),
            bE2 = madd(quarter, b2, madd(m1, b4, b6));
          const aO2 = madd(half, a1, madd(m2, a3, times(two, a5))),
            bO2 = madd(half, b1, madd(m2, b3, times(two, b5)));
          v128.store(t3, sum(bE2, bO2), v + 16);
          v128.store(t3, sum(aE2, aO2), v);
          v128.store(t4, minus(bE2, bO2), v + 16);
          v128.store(t4, minus(aE2, aO2), v);
          const aE3 = madd(four, a2, madd(m5, a4, a6)),
            bE3 = madd(four, b2, madd(m5, b4, b6));
          const aO3 = madd(two, a1, madd(m2, a3, times(half, a5))),
            bO3 = madd(two, b1, madd(m2, b3, times(half, b5)));
          v128.store(t5, sum(bE3, bO3), v + 16);
          v128.store(t5, sum(aE3, aO3), v);
          v128.store(t6, minus(bE3, bO3), v + 16);
          v128.store(t6, minus(aE3, aO3), v);
          v128.store(t7, madd(r5, minus(b3, b5), minus(b7, b1)), v + 16);
          v128.store(t7, madd(r5, minus(a3, a5), minus(a7, a1)), v);
        }
      }
      p0 += width;
      p1 += width;
      p2 += width;
      p3 += width;
      p4 += width;
      p5 += width;
      p6 += width;
      p7 += width;
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
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    c32 = v128.load32_splat(CONSTANTS, 44),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52),
    c32nd = v128.load32_splat(CONSTANTS, 56);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p0 = from + done,
        p1 = p0 + fromStep,
        p2 = p0 + 2 * fromStep,
        p3 = p0 + 3 * fromStep,
        p4 = p0 + 4 * fromStep,
        p5 = p0 + 5 * fromStep,
        p6 = p0 + 6 * fromStep,
        p7 = p0 + 7 * fromStep;
      const t0 = sink.at(to, toStep, 0) + done,
        t1 = sink.at(to, toStep, 1) + done,
        t2 = sink.at(to, toStep, 2) + done,
        t3 = sink.at(to, toStep, 3) + done,
        t4 = sink.at(to, toStep, 4) + done,
        t5 = sink.at(to, toStep, 5) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          const a2 = v128.load(p2, v),
            b2 = v128.load(p2, v + 16);
          const a3 = v128.load(p3, v),
            b3 = v128.load(p3, v + 16);
          const a4 = v128.load(p4, v),
            b4 = v128.load(p4, v + 16);
          const a5 = v128.load(p5, v),
            b5 = v128.load(p5, v + 16);
          const a6 = v128.load(p6, v),
            b6 = v128.load(p6, v + 16);
          const a7 = v128.load(p7, v),
            b7 = v128.load(p7, v + 16);
          const aS1 = sum(a1, a2),
            bS1 = sum(b1, b2);
          const aD1 = minus(a1, a2),
            bD1 = minus(b1, b2);
          const aS2 = sum(a3, a4),
            bS2 = sum(b3, b4);
          const aD2 = minus(a3, a4),
            bD2 = minus(b3, b4);
          const aS3 = sum(a5, a6),
            bS3 = sum(b5, b6);
          const aD3 = minus(a5, a6),
            bD3 = minus(b5, b6);
          v128.store(t0, sink.last(sum(sum(b0, bS1), sum(bS2, bS3)), floor), v + 16);
          v128.store(t0, sink.last(sum(sum(a0, aS1), sum(aS2, aS3)), floor), v);
          v128.store(t1, sink.last(madd(two, bD2, madd(half, bD3, bD1)), floor), v + 16);
          v128.store(t1, sink.last(madd(two, aD2, madd(half, aD3, aD1)), floor), v);
          v128.store(t2, sink.last(madd(four, bS2, madd(quarter, bS3, bS1)), floor), v + 16);
          v128.store(t2, sink.last(madd(four, aS2, madd(quarter, aS3, aS1)), floor), v);
          v128.store(t3, sink.last(madd(eight, bD2, madd(eighth, bD3, bD1)), floor), v + 16);
          v128.store(t3, sink.last(madd(eight, aD2, madd(eighth, aD3, aD1)), floor), v);
          v128.store(t4, sink.last(madd(sixteen, bS2, madd(c16th, bS3, bS1)), floor), v + 16);
          v128.store(t4, sink.last(madd(sixteen, aS2, madd(c16th, aS3, aS1)), floor), v);
          v128.store(t5, sink.last(sum(madd(c32, bD2, madd(c32nd, bD3, bD1)), b7), floor), v + 16);
          v128.store(t5, sink.last(sum(madd(c32, aD2, madd(c32nd, aD3, aD1)), a7), floor), v);
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
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p0 = from + done,
        p1 = p0 + fromStep,
        p2 = p0 + 2 * fromStep,
        p3 = p0 + 3 * fromStep,
        p4 = p0 + 4 * fromStep,
        p5 = p0 + 5 * fromStep,
        p6 = p0 + 6 * fromStep,
        p7 = p0 + 7 * fromStep;
      const t0 = sink.at(to, toStep, 0) + done,
        t1 = sink.at(to, toStep, 1) + done,
        t2 = sink.at(to, toStep, 2) + done,
        t3 = sink.at(to, toStep, 3) + done;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          const a2 = v128.load(p2, v),
            b2 = v128.load(p2, v + 16);
          const a3 = v128.load(p3, v),
            b3 = v128.load(p3, v + 16);
          const a4 = v128.load(p4, v),
            b4 = v128.load(p4, v + 16);
          const a5 = v128.load(p5, v),
            b5 = v128.load(p5, v + 16);
          const a6 = v128.load(p6, v),
            b6 = v128.load(p6, v + 16);
          const a7 = v128.load(p7, v),
            b7 = v128.load(p7, v + 16);
          const aS1 = sum(a1, a2),
            bS1 = sum(b1, b2);
          const aD1 = minus(a1, a2),
            bD1 = minus(b1, b2);
          const aS2 = sum(a3, a4),
            bS2 = sum(b3, b4);
          const aD2 = minus(a3, a4),
            bD2 = minus(b3, b4);
          const aS3 = sum(a5, a6),
            bS3 = sum(b5, b6);
          const aD3 = minus(a5, a6),
            bD3 = minus(b5, b6);
          v128.store(t0, sink.last(sum(sum(b0, bS1), sum(bS2, bS3)), floor), v + 16);
          v128.store(t0, sink.last(sum(sum(a0, aS1), sum(aS2, aS3)), floor), v);
          v128.store(t1, sink.last(madd(two, bD2, madd(half, bD3, bD1)), floor), v + 16);
          v128.store(t1, sink.last(madd(two, aD2, madd(half, aD3, aD1)), floor), v);
          v128.store(t2, sink.last(madd(four, bS2, madd(quarter, bS3, bS1)), floor), v + 16);
          v128.store(t2, sink.last(madd(four, aS2, madd(quarter, aS3, aS1)), floor), v);
          v128.store(t3, sink.last(sum(madd(eight, bD2, madd(eighth, bD3, bD1)), b7), floor), v + 16);
          v128.store(t3, sink.last(sum(madd(eight, aD2, madd(eighth, aD3, aD1)), a7), floor), v);
        }
      }
    }
  }
}

/** A(6) d: the transpose of Aᵀ(6), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient6to8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    c32 = v128.load32_splat(CONSTANTS, 44),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52),
    c32nd = v128.load32_splat(CONSTANTS, 56);
  let p0 = load<usize>(rows);
  let p1 = load<usize>(rows, 4);
  let p2 = load<usize>(rows, 8);
  let p3 = load<usize>(rows, 12);
  let p4 = load<usize>(rows, 16);
  let p5 = load<usize>(rows, 20);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t0 = to,
        t1 = to + step,
        t2 = to + 2 * step,
        t3 = to + 3 * step,
        t4 = to + 4 * step,
        t5 = to + 5 * step,
        t6 = to + 6 * step,
        t7 = to + 7 * step;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          const a2 = v128.load(p2, v),
            b2 = v128.load(p2, v + 16);
          const a3 = v128.load(p3, v),
            b3 = v128.load(p3, v + 16);
          const a4 = v128.load(p4, v),
            b4 = v128.load(p4, v + 16);
          const a5 = v128.load(p5, v),
            b5 = v128.load(p5, v + 16);
          v128.store(t0, b0, v + 16);
          v128.store(t0, a0, v);
          const aE1 = sum(sum(a0, a2), a4),
            bE1 = sum(sum(b0, b2), b4);
          const aO1 = sum(sum(a1, a3), a5),
            bO1 = sum(sum(b1, b3), b5);
          v128.store(t1, sum(bE1, bO1), v + 16);
          v128.store(t1, sum(aE1, aO1), v);
          v128.store(t2, minus(bE1, bO1), v + 16);
          v128.store(t2, minus(aE1, aO1), v);
          const aE2 = madd(sixteen, a4, madd(four, a2, a0)),
            bE2 = madd(sixteen, b4, madd(four, b2, b0));
          const aO2 = madd(c32, a5, madd(eight, a3, times(two, a1))),
            bO2 = madd(c32, b5, madd(eight, b3, times(two, b1)));
          v128.store(t3, sum(bE2, bO2), v + 16);
          v128.store(t3, sum(aE2, aO2), v);
          v128.store(t4, minus(bE2, bO2), v + 16);
          v128.store(t4, minus(aE2, aO2), v);
          const aE3 = madd(c16th, a4, madd(quarter, a2, a0)),
            bE3 = madd(c16th, b4, madd(quarter, b2, b0));
          const aO3 = madd(c32nd, a5, madd(eighth, a3, times(half, a1))),
            bO3 = madd(c32nd, b5, madd(eighth, b3, times(half, b1)));
          v128.store(t5, sum(bE3, bO3), v + 16);
          v128.store(t5, sum(aE3, aO3), v);
          v128.store(t6, minus(bE3, bO3), v + 16);
          v128.store(t6, minus(aE3, aO3), v);
          v128.store(t7, b5, v + 16);
          v128.store(t7, a5, v);
        }
      }
      p0 += width;
      p1 += width;
      p2 += width;
      p3 += width;
      p4 += width;
      p5 += width;
    }
  }
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to8(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48);
  let p0 = load<usize>(rows);
  let p1 = load<usize>(rows, 4);
  let p2 = load<usize>(rows, 8);
  let p3 = load<usize>(rows, 12);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t0 = to,
        t1 = to + step,
        t2 = to + 2 * step,
        t3 = to + 3 * step,
        t4 = to + 4 * step,
        t5 = to + 5 * step,
        t6 = to + 6 * step,
        t7 = to + 7 * step;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          const a2 = v128.load(p2, v),
            b2 = v128.load(p2, v + 16);
          const a3 = v128.load(p3, v),
            b3 = v128.load(p3, v + 16);
          v128.store(t0, b0, v + 16);
          v128.store(t0, a0, v);
          const aE1 = sum(a0, a2),
            bE1 = sum(b0, b2);
          const aO1 = sum(a1, a3),
            bO1 = sum(b1, b3);
          v128.store(t1, sum(bE1, bO1), v + 16);
          v128.store(t1, sum(aE1, aO1), v);
          v128.store(t2, minus(bE1, bO1), v + 16);
          v128.store(t2, minus(aE1, aO1), v);
          const aE2 = madd(four, a2, a0),
            bE2 = madd(four, b2, b0);
          const aO2 = madd(eight, a3, times(two, a1)),
            bO2 = madd(eight, b3, times(two, b1));
          v128.store(t3, sum(bE2, bO2), v + 16);
          v128.store(t3, sum(aE2, aO2), v);
          v128.store(t4, minus(bE2, bO2), v + 16);
          v128.store(t4, minus(aE2, aO2), v);
          const aE3 = madd(quarter, a2, a0),
            bE3 = madd(quarter, b2, b0);
          const aO3 = madd(eighth, a3, times(half, a1)),
            bO3 = madd(eighth, b3, times(half, b1));
          v128.store(t5, sum(bE3, bO3), v + 16);
          v128.store(t5, sum(aE3, aO3), v);
          v128.store(t6, minus(bE3, bO3), v + 16);
          v128.store(t6, minus(aE3, aO3), v);
          v128.store(t7, b3, v + 16);
          v128.store(t7, a3, v);
        }
      }
      p0 += width;
      p1 += width;
      p2 += width;
      p3 += width;
    }
  }
}
