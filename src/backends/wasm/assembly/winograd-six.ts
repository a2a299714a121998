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
 * Each function here is a 1-D transform, element by element along rows of channels, for V8 to make 256-bit instructions of: eight
 * channels are a pair of vectors, a and b, and of a pair the high half is stored first, or else V8 keeps a store of the low half
 * as well (Node.js 26). Sixteen channels at a time share the addresses, which are a third of the instructions. The 2-D transform
 * of a tile is one over its columns and one over the rows of that (winograd-tile.ts). Transforms of filters: winograd-six-filter.ts.
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

/** Bᵀ d over `bytes` of channels from the six addresses in the table `rows` to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const four = v128.load32_splat(CONSTANTS, 0),
    minusFour = v128.load32_splat(CONSTANTS, 4),
    minusFive = v128.load32_splat(CONSTANTS, 8),
    two = v128.load32_splat(CONSTANTS, 12),
    minusTwo = v128.load32_splat(CONSTANTS, 16);
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
        t5 = to + 5 * step;
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
          // Points 1 and -1: even terms plus and minus odd ones; so are points 2 and -2.
          const ae = madd(minusFour, a2, a4),
            be = madd(minusFour, b2, b4);
          const ao = madd(minusFour, a1, a3),
            bo = madd(minusFour, b1, b3);
          const af = minus(a4, a2),
            bf = minus(b4, b2);
          const ap = minus(a3, a1),
            bp = minus(b3, b1);
          v128.store(t0, madd(four, b0, madd(minusFive, b2, b4)), v + 16);
          v128.store(t0, madd(four, a0, madd(minusFive, a2, a4)), v);
          v128.store(t1, sum(be, bo), v + 16);
          v128.store(t1, sum(ae, ao), v);
          v128.store(t2, minus(be, bo), v + 16);
          v128.store(t2, minus(ae, ao), v);
          v128.store(t3, madd(two, bp, bf), v + 16);
          v128.store(t3, madd(two, ap, af), v);
          v128.store(t4, madd(minusTwo, bp, bf), v + 16);
          v128.store(t4, madd(minusTwo, ap, af), v);
          v128.store(t5, madd(four, b1, madd(minusFive, b3, b5)), v + 16);
          v128.store(t5, madd(four, a1, madd(minusFive, a3, a5)), v);
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
  const two = v128.load32_splat(CONSTANTS, 12),
    four = v128.load32_splat(CONSTANTS, 0),
    eight = v128.load32_splat(CONSTANTS, 20);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p0 = from + done,
        p1 = p0 + fromStep,
        p2 = p0 + 2 * fromStep,
        p3 = p0 + 3 * fromStep,
        p4 = p0 + 4 * fromStep,
        p5 = p0 + 5 * fromStep;
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
          const as = sum(a1, a2),
            bs = sum(b1, b2);
          const ad = minus(a1, a2),
            bd = minus(b1, b2);
          const at = sum(a3, a4),
            bt = sum(b3, b4);
          const ae = minus(a3, a4),
            be = minus(b3, b4);
          v128.store(t0, sink.last(sum(sum(b0, bs), bt), floor), v + 16);
          v128.store(t0, sink.last(sum(sum(a0, as), at), floor), v);
          v128.store(t1, sink.last(madd(two, be, bd), floor), v + 16);
          v128.store(t1, sink.last(madd(two, ae, ad), floor), v);
          v128.store(t2, sink.last(madd(four, bt, bs), floor), v + 16);
          v128.store(t2, sink.last(madd(four, at, as), floor), v);
          v128.store(t3, sink.last(sum(madd(eight, be, bd), b5), floor), v + 16);
          v128.store(t3, sink.last(sum(madd(eight, ae, ad), a5), floor), v);
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
  const two = v128.load32_splat(CONSTANTS, 12);
  let done: usize = 0;
  for (const width of [64, 32]) {
    for (; done + width <= bytes; done += width) {
      const p0 = from + done,
        p1 = p0 + fromStep,
        p2 = p0 + 2 * fromStep,
        p3 = p0 + 3 * fromStep,
        p4 = p0 + 4 * fromStep,
        p5 = p0 + 5 * fromStep;
      const t0 = sink.at(to, toStep, 0) + done,
        t1 = sink.at(to, toStep, 1) + done;
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
          v128.store(t0, sink.last(sum(sum(b0, sum(b1, b2)), sum(b3, b4)), floor), v + 16);
          v128.store(t0, sink.last(sum(sum(a0, sum(a1, a2)), sum(a3, a4)), floor), v);
          v128.store(t1, sink.last(sum(madd(two, minus(b3, b4), minus(b1, b2)), b5), floor), v + 16);
          v128.store(t1, sink.last(sum(madd(two, minus(a3, a4), minus(a1, a2)), a5), floor), v);
        }
      }
    }
  }
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, 12),
    four = v128.load32_splat(CONSTANTS, 0),
    minusTwo = v128.load32_splat(CONSTANTS, 16);
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
        t5 = to + 5 * step;
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
          // Points 1 and -1: even terms plus and minus odd ones; so are points 2 and -2.
          const ae = sum(a0, a2),
            be = sum(b0, b2);
          const ao = sum(a1, a3),
            bo = sum(b1, b3);
          const af = madd(four, a2, a0),
            bf = madd(four, b2, b0);
          const ap = madd(four, a3, a1),
            bp = madd(four, b3, b1);
          v128.store(t0, b0, v + 16);
          v128.store(t0, a0, v);
          v128.store(t1, sum(be, bo), v + 16);
          v128.store(t1, sum(ae, ao), v);
          v128.store(t2, minus(be, bo), v + 16);
          v128.store(t2, minus(ae, ao), v);
          v128.store(t3, madd(two, bp, bf), v + 16);
          v128.store(t3, madd(two, ap, af), v);
          v128.store(t4, madd(minusTwo, bp, bf), v + 16);
          v128.store(t4, madd(minusTwo, ap, af), v);
          v128.store(t5, b3, v + 16);
          v128.store(t5, a3, v);
        }
      }
      p0 += width;
      p1 += width;
      p2 += width;
      p3 += width;
    }
  }
}

/** A(2) d. */
// @ts-ignore: decorator
@inline
export function gradient2to6(rows: usize, bytes: usize, to: usize, step: usize): void {
  const two = v128.load32_splat(CONSTANTS, 12),
    minusTwo = v128.load32_splat(CONSTANTS, 16);
  let p0 = load<usize>(rows);
  let p1 = load<usize>(rows, 4);
  for (const width of [64, 32]) {
    for (; bytes >= <usize>width; bytes -= width, to += width) {
      const t0 = to,
        t1 = to + step,
        t2 = to + 2 * step,
        t3 = to + 3 * step,
        t4 = to + 4 * step,
        t5 = to + 5 * step;
      for (const v of [0, 32]) {
        if (v < width) {
          const a0 = v128.load(p0, v),
            b0 = v128.load(p0, v + 16);
          const a1 = v128.load(p1, v),
            b1 = v128.load(p1, v + 16);
          v128.store(t0, b0, v + 16);
          v128.store(t0, a0, v);
          v128.store(t1, sum(b0, b1), v + 16);
          v128.store(t1, sum(a0, a1), v);
          v128.store(t2, minus(b0, b1), v + 16);
          v128.store(t2, minus(a0, a1), v);
          v128.store(t3, madd(two, b1, b0), v + 16);
          v128.store(t3, madd(two, a1, a0), v);
          v128.store(t4, madd(minusTwo, b1, b0), v + 16);
          v128.store(t4, madd(minusTwo, a1, a0), v);
          v128.store(t5, b1, v + 16);
          v128.store(t5, a1, v);
        }
      }
      p0 += width;
      p1 += width;
    }
  }
}
