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
 * Each function here is one 1-D transform of eight channels: a pair of vectors, for V8 to make 256-bit instructions of. The 2-D
 * transform of a tile is one over its columns and one over the rows of that (winograd-tile.ts).
 */

import { madd } from "./simd";

/**
 * The constants in memory: one broadcasting load each. V8 builds a vector constant with three instructions, anew at every use.
 */
const CONSTANTS: usize = memory.data<f32>([
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

/**
 * Stores eight channels. High half first: V8 then makes one 256-bit store of both. The other way round it keeps the low store as
 * well (Node.js 26), and stores are what transforms are made of.
 */
// @ts-ignore: decorator
@inline
export function put(to: usize, low: v128, high: v128): void {
  v128.store(to, high, 16);
  v128.store(to, low);
}

/** Where a transform of results puts its vectors. */
export abstract class Sink {
  /** Puts result `i` of eight channels. */
  abstract put(to: usize, step: usize, i: usize, floor: v128, low: v128, high: v128): void;
}

/** To vectors `step` bytes apart. */
export class Steps extends Sink {
  // @ts-ignore: decorator
  @inline
  put(to: usize, step: usize, i: usize, floor: v128, low: v128, high: v128): void {
    put(to + i * step, low, high);
  }
}

/** To the pixels whose addresses are in the table `to`, `step` bytes behind each: the results, no less than `floor`. */
export class Pixels extends Sink {
  // @ts-ignore: decorator
  @inline
  put(to: usize, step: usize, i: usize, floor: v128, low: v128, high: v128): void {
    // pmax(x, floor) is x < floor ? floor : x, so a NaN stays a NaN.
    put(load<usize>(to + (i << 2)) + step, f32x4.pmax(low, floor), f32x4.pmax(high, floor));
  }
}

// @ts-ignore: decorator
@inline
export function sum(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function minus(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

/** Bᵀ d, from the six addresses to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input6(p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize, to: usize, step: usize): void {
  const a0 = v128.load(p0),
    b0 = v128.load(p0, 16);
  const a1 = v128.load(p1),
    b1 = v128.load(p1, 16);
  const a2 = v128.load(p2),
    b2 = v128.load(p2, 16);
  const a3 = v128.load(p3),
    b3 = v128.load(p3, 16);
  const a4 = v128.load(p4),
    b4 = v128.load(p4, 16);
  const a5 = v128.load(p5),
    b5 = v128.load(p5, 16);
  const four = v128.load32_splat(CONSTANTS, 0),
    minusFour = v128.load32_splat(CONSTANTS, 4),
    minusFive = v128.load32_splat(CONSTANTS, 8),
    two = v128.load32_splat(CONSTANTS, 12),
    minusTwo = v128.load32_splat(CONSTANTS, 16);
  // Points 1 and -1: even terms plus and minus odd ones; so are points 2 and -2.
  const ae = madd(minusFour, a2, a4),
    be = madd(minusFour, b2, b4);
  const ao = madd(minusFour, a1, a3),
    bo = madd(minusFour, b1, b3);
  const af = minus(a4, a2),
    bf = minus(b4, b2);
  const ap = minus(a3, a1),
    bp = minus(b3, b1);
  put(to, madd(four, a0, madd(minusFive, a2, a4)), madd(four, b0, madd(minusFive, b2, b4)));
  put(to + step, sum(ae, ao), sum(be, bo));
  put(to + 2 * step, minus(ae, ao), minus(be, bo));
  put(to + 3 * step, madd(two, ap, af), madd(two, bp, bf));
  put(to + 4 * step, madd(minusTwo, ap, af), madd(minusTwo, bp, bf));
  put(to + 5 * step, madd(four, a1, madd(minusFive, a3, a5)), madd(four, b1, madd(minusFive, b3, b5)));
}

/** Aᵀ(4) m, from six vectors `fromStep` bytes apart to four `toStep` apart. */
// @ts-ignore: decorator
@inline
export function output6to4<S extends Sink>(from: usize, fromStep: usize, to: usize, toStep: usize, floor: v128): void {
  const sink = changetype<S>(0);
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const a3 = v128.load(from + 3 * fromStep),
    b3 = v128.load(from + 3 * fromStep, 16);
  const a4 = v128.load(from + 4 * fromStep),
    b4 = v128.load(from + 4 * fromStep, 16);
  const a5 = v128.load(from + 5 * fromStep),
    b5 = v128.load(from + 5 * fromStep, 16);
  const two = v128.load32_splat(CONSTANTS, 12),
    four = v128.load32_splat(CONSTANTS, 0),
    eight = v128.load32_splat(CONSTANTS, 20);
  const as = sum(a1, a2),
    bs = sum(b1, b2);
  const ad = minus(a1, a2),
    bd = minus(b1, b2);
  const at = sum(a3, a4),
    bt = sum(b3, b4);
  const ae = minus(a3, a4),
    be = minus(b3, b4);
  sink.put(to, toStep, 0, floor, sum(sum(a0, as), at), sum(sum(b0, bs), bt));
  sink.put(to, toStep, 1, floor, madd(two, ae, ad), madd(two, be, bd));
  sink.put(to, toStep, 2, floor, madd(four, at, as), madd(four, bt, bs));
  sink.put(to, toStep, 3, floor, sum(madd(eight, ae, ad), a5), sum(madd(eight, be, bd), b5));
}

/** Aᵀ(2) m. */
// @ts-ignore: decorator
@inline
export function output6to2<S extends Sink>(from: usize, fromStep: usize, to: usize, toStep: usize, floor: v128): void {
  const sink = changetype<S>(0);
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const a3 = v128.load(from + 3 * fromStep),
    b3 = v128.load(from + 3 * fromStep, 16);
  const a4 = v128.load(from + 4 * fromStep),
    b4 = v128.load(from + 4 * fromStep, 16);
  const a5 = v128.load(from + 5 * fromStep),
    b5 = v128.load(from + 5 * fromStep, 16);
  const two = v128.load32_splat(CONSTANTS, 12);
  sink.put(to, toStep, 0, floor, sum(sum(a0, sum(a1, a2)), sum(a3, a4)), sum(sum(b0, sum(b1, b2)), sum(b3, b4)));
  sink.put(
    to,
    toStep,
    1,
    floor,
    sum(madd(two, minus(a3, a4), minus(a1, a2)), a5),
    sum(madd(two, minus(b3, b4), minus(b1, b2)), b5),
  );
}

/** G(3) g. */
// @ts-ignore: decorator
@inline
export function filter3to6(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const quarter = v128.load32_splat(CONSTANTS, 24),
    sixth = v128.load32_splat(CONSTANTS, 28),
    one24 = v128.load32_splat(CONSTANTS, 32),
    four = v128.load32_splat(CONSTANTS, 0),
    two = v128.load32_splat(CONSTANTS, 12);
  const as = sum(a0, a2),
    bs = sum(b0, b2);
  const at = madd(four, a2, a0),
    bt = madd(four, b2, b0);
  const ad = f32x4.mul(two, a1),
    bd = f32x4.mul(two, b1);
  put(to, f32x4.mul(quarter, a0), f32x4.mul(quarter, b0));
  put(to + toStep, f32x4.mul(sixth, sum(as, a1)), f32x4.mul(sixth, sum(bs, b1)));
  put(to + 2 * toStep, f32x4.mul(sixth, minus(as, a1)), f32x4.mul(sixth, minus(bs, b1)));
  put(to + 3 * toStep, f32x4.mul(one24, sum(at, ad)), f32x4.mul(one24, sum(bt, bd)));
  put(to + 4 * toStep, f32x4.mul(one24, minus(at, ad)), f32x4.mul(one24, minus(bt, bd)));
  put(to + 5 * toStep, a2, b2);
}

/** G(5) g. */
// @ts-ignore: decorator
@inline
export function filter5to6(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const a3 = v128.load(from + 3 * fromStep),
    b3 = v128.load(from + 3 * fromStep, 16);
  const a4 = v128.load(from + 4 * fromStep),
    b4 = v128.load(from + 4 * fromStep, 16);
  const quarter = v128.load32_splat(CONSTANTS, 24),
    sixth = v128.load32_splat(CONSTANTS, 28),
    one24 = v128.load32_splat(CONSTANTS, 32),
    four = v128.load32_splat(CONSTANTS, 0),
    two = v128.load32_splat(CONSTANTS, 12);
  const as = sum(sum(a0, a2), a4),
    bs = sum(sum(b0, b2), b4);
  const ad = sum(a1, a3),
    bd = sum(b1, b3);
  const at = madd(four, madd(four, a4, a2), a0),
    bt = madd(four, madd(four, b4, b2), b0);
  const ae = f32x4.mul(two, madd(four, a3, a1)),
    be = f32x4.mul(two, madd(four, b3, b1));
  put(to, f32x4.mul(quarter, a0), f32x4.mul(quarter, b0));
  put(to + toStep, f32x4.mul(sixth, sum(as, ad)), f32x4.mul(sixth, sum(bs, bd)));
  put(to + 2 * toStep, f32x4.mul(sixth, minus(as, ad)), f32x4.mul(sixth, minus(bs, bd)));
  put(to + 3 * toStep, f32x4.mul(one24, sum(at, ae)), f32x4.mul(one24, sum(bt, be)));
  put(to + 4 * toStep, f32x4.mul(one24, minus(at, ae)), f32x4.mul(one24, minus(bt, be)));
  put(to + 5 * toStep, a4, b4);
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to6(p0: usize, p1: usize, p2: usize, p3: usize, to: usize, step: usize): void {
  const a0 = v128.load(p0),
    b0 = v128.load(p0, 16);
  const a1 = v128.load(p1),
    b1 = v128.load(p1, 16);
  const a2 = v128.load(p2),
    b2 = v128.load(p2, 16);
  const a3 = v128.load(p3),
    b3 = v128.load(p3, 16);
  const two = v128.load32_splat(CONSTANTS, 12),
    four = v128.load32_splat(CONSTANTS, 0);
  // Points 1 and -1: even terms plus and minus odd ones; so are points 2 and -2.
  const ae = sum(a0, a2),
    be = sum(b0, b2);
  const ao = sum(a1, a3),
    bo = sum(b1, b3);
  const af = madd(four, a2, a0),
    bf = madd(four, b2, b0);
  const ap = madd(four, a3, a1),
    bp = madd(four, b3, b1);
  const minusTwo = v128.load32_splat(CONSTANTS, 16);
  put(to, a0, b0);
  put(to + step, sum(ae, ao), sum(be, bo));
  put(to + 2 * step, minus(ae, ao), minus(be, bo));
  put(to + 3 * step, madd(two, ap, af), madd(two, bp, bf));
  put(to + 4 * step, madd(minusTwo, ap, af), madd(minusTwo, bp, bf));
  put(to + 5 * step, a3, b3);
}

/** A(2) d. */
// @ts-ignore: decorator
@inline
export function gradient2to6(p0: usize, p1: usize, to: usize, step: usize): void {
  const a0 = v128.load(p0),
    b0 = v128.load(p0, 16);
  const a1 = v128.load(p1),
    b1 = v128.load(p1, 16);
  const two = v128.load32_splat(CONSTANTS, 12),
    minusTwo = v128.load32_splat(CONSTANTS, 16);
  put(to, a0, b0);
  put(to + step, sum(a0, a1), sum(b0, b1));
  put(to + 2 * step, minus(a0, a1), minus(b0, b1));
  put(to + 3 * step, madd(two, a1, a0), madd(two, b1, b0));
  put(to + 4 * step, madd(minusTwo, a1, a0), madd(minusTwo, b1, b0));
  put(to + 5 * step, a1, b1);
}

/** Gᵀ(3) m: the transpose of G(3), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function filterGradient6to3(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const a3 = v128.load(from + 3 * fromStep),
    b3 = v128.load(from + 3 * fromStep, 16);
  const a4 = v128.load(from + 4 * fromStep),
    b4 = v128.load(from + 4 * fromStep, 16);
  const a5 = v128.load(from + 5 * fromStep),
    b5 = v128.load(from + 5 * fromStep, 16);
  const quarter = v128.load32_splat(CONSTANTS, 24),
    sixth = v128.load32_splat(CONSTANTS, 28),
    one24 = v128.load32_splat(CONSTANTS, 32);
  const one12 = v128.load32_splat(CONSTANTS, 36),
    one6 = v128.load32_splat(CONSTANTS, 40);
  // The part of points 1 and -1 is the same in both even rows.
  const as = f32x4.mul(sixth, sum(a1, a2)),
    bs = f32x4.mul(sixth, sum(b1, b2));
  const at = sum(a3, a4),
    bt = sum(b3, b4);
  put(to, madd(quarter, a0, madd(one24, at, as)), madd(quarter, b0, madd(one24, bt, bs)));
  put(
    to + toStep,
    madd(one12, minus(a3, a4), f32x4.mul(sixth, minus(a1, a2))),
    madd(one12, minus(b3, b4), f32x4.mul(sixth, minus(b1, b2))),
  );
  put(to + 2 * toStep, sum(madd(one6, at, as), a5), sum(madd(one6, bt, bs), b5));
}

/** Gᵀ(5) m. */
// @ts-ignore: decorator
@inline
export function filterGradient6to5(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const a3 = v128.load(from + 3 * fromStep),
    b3 = v128.load(from + 3 * fromStep, 16);
  const a4 = v128.load(from + 4 * fromStep),
    b4 = v128.load(from + 4 * fromStep, 16);
  const a5 = v128.load(from + 5 * fromStep),
    b5 = v128.load(from + 5 * fromStep, 16);
  const quarter = v128.load32_splat(CONSTANTS, 24),
    sixth = v128.load32_splat(CONSTANTS, 28),
    one24 = v128.load32_splat(CONSTANTS, 32);
  const one12 = v128.load32_splat(CONSTANTS, 36),
    one6 = v128.load32_splat(CONSTANTS, 40),
    third = v128.load32_splat(CONSTANTS, 44),
    twoThirds = v128.load32_splat(CONSTANTS, 48);
  const as = f32x4.mul(sixth, sum(a1, a2)),
    bs = f32x4.mul(sixth, sum(b1, b2));
  const ad = f32x4.mul(sixth, minus(a1, a2)),
    bd = f32x4.mul(sixth, minus(b1, b2));
  const at = sum(a3, a4),
    bt = sum(b3, b4);
  const ae = minus(a3, a4),
    be = minus(b3, b4);
  put(to, madd(quarter, a0, madd(one24, at, as)), madd(quarter, b0, madd(one24, bt, bs)));
  put(to + toStep, madd(one12, ae, ad), madd(one12, be, bd));
  put(to + 2 * toStep, madd(one6, at, as), madd(one6, bt, bs));
  put(to + 3 * toStep, madd(third, ae, ad), madd(third, be, bd));
  put(to + 4 * toStep, sum(madd(twoThirds, at, as), a5), sum(madd(twoThirds, bt, bs), b5));
}
