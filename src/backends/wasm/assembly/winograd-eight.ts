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
 * As in winograd-six.ts, each function is one 1-D transform of eight channels.
 */

import { madd } from "./simd";
import { minus, put, Sink, sum } from "./winograd-six";

/** See winograd-six.ts. */
const CONSTANTS: usize = memory.data<f32>([
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

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** Bᵀ d, from the eight addresses to `to`, `to + step`, ... */
// @ts-ignore: decorator
@inline
export function input8(
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  p4: usize,
  p5: usize,
  p6: usize,
  p7: usize,
  to: usize,
  step: usize,
): void {
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
  const a6 = v128.load(p6),
    b6 = v128.load(p6, 16);
  const a7 = v128.load(p7),
    b7 = v128.load(p7, 16);
  const r5 = v128.load32_splat(CONSTANTS, 0),
    m4 = v128.load32_splat(CONSTANTS, 4),
    quarter = v128.load32_splat(CONSTANTS, 8),
    m1 = v128.load32_splat(CONSTANTS, 12),
    half = v128.load32_splat(CONSTANTS, 16),
    m2 = v128.load32_splat(CONSTANTS, 20),
    two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    m5 = v128.load32_splat(CONSTANTS, 32);
  put(to, madd(r5, minus(a4, a2), minus(a0, a6)), madd(r5, minus(b4, b2), minus(b0, b6)));
  // Points a and -a: even terms plus and minus odd ones.
  const aE1 = madd(m4, a4, sum(a2, a6)),
    bE1 = madd(m4, b4, sum(b2, b6));
  const aO1 = madd(m4, a3, sum(a1, a5)),
    bO1 = madd(m4, b3, sum(b1, b5));
  put(to + step, sum(aE1, aO1), sum(bE1, bO1));
  put(to + 2 * step, minus(aE1, aO1), minus(bE1, bO1));
  const aE2 = madd(quarter, a2, madd(m1, a4, a6)),
    bE2 = madd(quarter, b2, madd(m1, b4, b6));
  const aO2 = madd(half, a1, madd(m2, a3, times(two, a5))),
    bO2 = madd(half, b1, madd(m2, b3, times(two, b5)));
  put(to + 3 * step, sum(aE2, aO2), sum(bE2, bO2));
  put(to + 4 * step, minus(aE2, aO2), minus(bE2, bO2));
  const aE3 = madd(four, a2, madd(m5, a4, a6)),
    bE3 = madd(four, b2, madd(m5, b4, b6));
  const aO3 = madd(two, a1, madd(m2, a3, times(half, a5))),
    bO3 = madd(two, b1, madd(m2, b3, times(half, b5)));
  put(to + 5 * step, sum(aE3, aO3), sum(bE3, bO3));
  put(to + 6 * step, minus(aE3, aO3), minus(bE3, bO3));
  put(to + 7 * step, madd(r5, minus(a3, a5), minus(a7, a1)), madd(r5, minus(b3, b5), minus(b7, b1)));
}

/** Aᵀ(6) m, from eight vectors `fromStep` bytes apart to six `toStep` apart. */
// @ts-ignore: decorator
@inline
export function output8to6<S extends Sink>(from: usize, fromStep: usize, to: usize, toStep: usize, floor: v128): void {
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
  const a6 = v128.load(from + 6 * fromStep),
    b6 = v128.load(from + 6 * fromStep, 16);
  const a7 = v128.load(from + 7 * fromStep),
    b7 = v128.load(from + 7 * fromStep, 16);
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    c32 = v128.load32_splat(CONSTANTS, 44);
  const half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52),
    c32nd = v128.load32_splat(CONSTANTS, 56);
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
  sink.put(to, toStep, 0, floor, sum(sum(a0, aS1), sum(aS2, aS3)), sum(sum(b0, bS1), sum(bS2, bS3)));
  sink.put(to, toStep, 1, floor, madd(two, aD2, madd(half, aD3, aD1)), madd(two, bD2, madd(half, bD3, bD1)));
  sink.put(to, toStep, 2, floor, madd(four, aS2, madd(quarter, aS3, aS1)), madd(four, bS2, madd(quarter, bS3, bS1)));
  sink.put(to, toStep, 3, floor, madd(eight, aD2, madd(eighth, aD3, aD1)), madd(eight, bD2, madd(eighth, bD3, bD1)));
  sink.put(to, toStep, 4, floor, madd(sixteen, aS2, madd(c16th, aS3, aS1)), madd(sixteen, bS2, madd(c16th, bS3, bS1)));
  sink.put(
    to,
    toStep,
    5,
    floor,
    sum(madd(c32, aD2, madd(c32nd, aD3, aD1)), a7),
    sum(madd(c32, bD2, madd(c32nd, bD3, bD1)), b7),
  );
}

/** Aᵀ(4) m. */
// @ts-ignore: decorator
@inline
export function output8to4<S extends Sink>(from: usize, fromStep: usize, to: usize, toStep: usize, floor: v128): void {
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
  const a6 = v128.load(from + 6 * fromStep),
    b6 = v128.load(from + 6 * fromStep, 16);
  const a7 = v128.load(from + 7 * fromStep),
    b7 = v128.load(from + 7 * fromStep, 16);
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36);
  const half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48);
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
  sink.put(to, toStep, 0, floor, sum(sum(a0, aS1), sum(aS2, aS3)), sum(sum(b0, bS1), sum(bS2, bS3)));
  sink.put(to, toStep, 1, floor, madd(two, aD2, madd(half, aD3, aD1)), madd(two, bD2, madd(half, bD3, bD1)));
  sink.put(to, toStep, 2, floor, madd(four, aS2, madd(quarter, aS3, aS1)), madd(four, bS2, madd(quarter, bS3, bS1)));
  sink.put(
    to,
    toStep,
    3,
    floor,
    sum(madd(eight, aD2, madd(eighth, aD3, aD1)), a7),
    sum(madd(eight, bD2, madd(eighth, bD3, bD1)), b7),
  );
}

/** G(3) g. */
// @ts-ignore: decorator
@inline
export function filter3to8(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a0 = v128.load(from),
    b0 = v128.load(from, 16);
  const a1 = v128.load(from + fromStep),
    b1 = v128.load(from + fromStep, 16);
  const a2 = v128.load(from + 2 * fromStep),
    b2 = v128.load(from + 2 * fromStep, 16);
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    n1 = v128.load32_splat(CONSTANTS, 60),
    n2 = v128.load32_splat(CONSTANTS, 64),
    nHalf = v128.load32_splat(CONSTANTS, 68);
  const aE1 = sum(a0, a2),
    bE1 = sum(b0, b2);
  const aO1 = a1,
    bO1 = b1;
  const aE2 = madd(four, a2, a0),
    bE2 = madd(four, b2, b0);
  const aO2 = times(two, a1),
    bO2 = times(two, b1);
  const aE3 = madd(quarter, a2, a0),
    bE3 = madd(quarter, b2, b0);
  const aO3 = times(half, a1),
    bO3 = times(half, b1);
  put(to, a0, b0);
  put(to + toStep, times(n1, sum(aE1, aO1)), times(n1, sum(bE1, bO1)));
  put(to + 2 * toStep, times(n1, minus(aE1, aO1)), times(n1, minus(bE1, bO1)));
  put(to + 3 * toStep, times(n2, sum(aE2, aO2)), times(n2, sum(bE2, bO2)));
  put(to + 4 * toStep, times(n2, minus(aE2, aO2)), times(n2, minus(bE2, bO2)));
  put(to + 5 * toStep, times(nHalf, sum(aE3, aO3)), times(nHalf, sum(bE3, bO3)));
  put(to + 6 * toStep, times(nHalf, minus(aE3, aO3)), times(nHalf, minus(bE3, bO3)));
  put(to + 7 * toStep, a2, b2);
}

/** G(5) g. */
// @ts-ignore: decorator
@inline
export function filter5to8(from: usize, fromStep: usize, to: usize, toStep: usize): void {
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
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    n1 = v128.load32_splat(CONSTANTS, 60),
    n2 = v128.load32_splat(CONSTANTS, 64),
    nHalf = v128.load32_splat(CONSTANTS, 68);
  const eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52);
  const aE1 = sum(sum(a0, a2), a4),
    bE1 = sum(sum(b0, b2), b4);
  const aO1 = sum(a1, a3),
    bO1 = sum(b1, b3);
  const aE2 = madd(sixteen, a4, madd(four, a2, a0)),
    bE2 = madd(sixteen, b4, madd(four, b2, b0));
  const aO2 = madd(eight, a3, times(two, a1)),
    bO2 = madd(eight, b3, times(two, b1));
  const aE3 = madd(c16th, a4, madd(quarter, a2, a0)),
    bE3 = madd(c16th, b4, madd(quarter, b2, b0));
  const aO3 = madd(eighth, a3, times(half, a1)),
    bO3 = madd(eighth, b3, times(half, b1));
  put(to, a0, b0);
  put(to + toStep, times(n1, sum(aE1, aO1)), times(n1, sum(bE1, bO1)));
  put(to + 2 * toStep, times(n1, minus(aE1, aO1)), times(n1, minus(bE1, bO1)));
  put(to + 3 * toStep, times(n2, sum(aE2, aO2)), times(n2, sum(bE2, bO2)));
  put(to + 4 * toStep, times(n2, minus(aE2, aO2)), times(n2, minus(bE2, bO2)));
  put(to + 5 * toStep, times(nHalf, sum(aE3, aO3)), times(nHalf, sum(bE3, bO3)));
  put(to + 6 * toStep, times(nHalf, minus(aE3, aO3)), times(nHalf, minus(bE3, bO3)));
  put(to + 7 * toStep, a4, b4);
}

/** A(6) d: the transpose of Aᵀ(6), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient6to8(
  p0: usize,
  p1: usize,
  p2: usize,
  p3: usize,
  p4: usize,
  p5: usize,
  to: usize,
  step: usize,
): void {
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
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    c32 = v128.load32_splat(CONSTANTS, 44);
  const half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52),
    c32nd = v128.load32_splat(CONSTANTS, 56);
  put(to, a0, b0);
  const aE1 = sum(sum(a0, a2), a4),
    bE1 = sum(sum(b0, b2), b4);
  const aO1 = sum(sum(a1, a3), a5),
    bO1 = sum(sum(b1, b3), b5);
  put(to + step, sum(aE1, aO1), sum(bE1, bO1));
  put(to + 2 * step, minus(aE1, aO1), minus(bE1, bO1));
  const aE2 = madd(sixteen, a4, madd(four, a2, a0)),
    bE2 = madd(sixteen, b4, madd(four, b2, b0));
  const aO2 = madd(c32, a5, madd(eight, a3, times(two, a1))),
    bO2 = madd(c32, b5, madd(eight, b3, times(two, b1)));
  put(to + 3 * step, sum(aE2, aO2), sum(bE2, bO2));
  put(to + 4 * step, minus(aE2, aO2), minus(bE2, bO2));
  const aE3 = madd(c16th, a4, madd(quarter, a2, a0)),
    bE3 = madd(c16th, b4, madd(quarter, b2, b0));
  const aO3 = madd(c32nd, a5, madd(eighth, a3, times(half, a1))),
    bO3 = madd(c32nd, b5, madd(eighth, b3, times(half, b1)));
  put(to + 5 * step, sum(aE3, aO3), sum(bE3, bO3));
  put(to + 6 * step, minus(aE3, aO3), minus(bE3, bO3));
  put(to + 7 * step, a5, b5);
}

/** A(4) d: the transpose of Aᵀ(4), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function gradient4to8(p0: usize, p1: usize, p2: usize, p3: usize, to: usize, step: usize): void {
  const a0 = v128.load(p0),
    b0 = v128.load(p0, 16);
  const a1 = v128.load(p1),
    b1 = v128.load(p1, 16);
  const a2 = v128.load(p2),
    b2 = v128.load(p2, 16);
  const a3 = v128.load(p3),
    b3 = v128.load(p3, 16);
  const two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    eight = v128.load32_splat(CONSTANTS, 36);
  const half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8),
    eighth = v128.load32_splat(CONSTANTS, 48);
  put(to, a0, b0);
  const aE1 = sum(a0, a2),
    bE1 = sum(b0, b2);
  const aO1 = sum(a1, a3),
    bO1 = sum(b1, b3);
  put(to + step, sum(aE1, aO1), sum(bE1, bO1));
  put(to + 2 * step, minus(aE1, aO1), minus(bE1, bO1));
  const aE2 = madd(four, a2, a0),
    bE2 = madd(four, b2, b0);
  const aO2 = madd(eight, a3, times(two, a1)),
    bO2 = madd(eight, b3, times(two, b1));
  put(to + 3 * step, sum(aE2, aO2), sum(bE2, bO2));
  put(to + 4 * step, minus(aE2, aO2), minus(bE2, bO2));
  const aE3 = madd(quarter, a2, a0),
    bE3 = madd(quarter, b2, b0);
  const aO3 = madd(eighth, a3, times(half, a1)),
    bO3 = madd(eighth, b3, times(half, b1));
  put(to + 5 * step, sum(aE3, aO3), sum(bE3, bO3));
  put(to + 6 * step, minus(aE3, aO3), minus(bE3, bO3));
  put(to + 7 * step, a3, b3);
}

/** Gᵀ(3) m: the transpose of G(3), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function filterGradient8to3(from: usize, fromStep: usize, to: usize, toStep: usize): void {
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
  const a6 = v128.load(from + 6 * fromStep),
    b6 = v128.load(from + 6 * fromStep, 16);
  const a7 = v128.load(from + 7 * fromStep),
    b7 = v128.load(from + 7 * fromStep, 16);
  const n1 = v128.load32_splat(CONSTANTS, 60),
    n2 = v128.load32_splat(CONSTANTS, 64),
    nHalf = v128.load32_splat(CONSTANTS, 68),
    two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8);
  const aU1 = times(n1, sum(a1, a2)),
    bU1 = times(n1, sum(b1, b2));
  const aV1 = times(n1, minus(a1, a2)),
    bV1 = times(n1, minus(b1, b2));
  const aU2 = times(n2, sum(a3, a4)),
    bU2 = times(n2, sum(b3, b4));
  const aV2 = times(n2, minus(a3, a4)),
    bV2 = times(n2, minus(b3, b4));
  const aU3 = times(nHalf, sum(a5, a6)),
    bU3 = times(nHalf, sum(b5, b6));
  const aV3 = times(nHalf, minus(a5, a6)),
    bV3 = times(nHalf, minus(b5, b6));
  put(to, sum(sum(a0, aU1), sum(aU2, aU3)), sum(sum(b0, bU1), sum(bU2, bU3)));
  put(to + toStep, madd(two, aV2, madd(half, aV3, aV1)), madd(two, bV2, madd(half, bV3, bV1)));
  put(
    to + 2 * toStep,
    sum(madd(four, aU2, madd(quarter, aU3, aU1)), a7),
    sum(madd(four, bU2, madd(quarter, bU3, bU1)), b7),
  );
}

/** Gᵀ(5) m. */
// @ts-ignore: decorator
@inline
export function filterGradient8to5(from: usize, fromStep: usize, to: usize, toStep: usize): void {
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
  const a6 = v128.load(from + 6 * fromStep),
    b6 = v128.load(from + 6 * fromStep, 16);
  const a7 = v128.load(from + 7 * fromStep),
    b7 = v128.load(from + 7 * fromStep, 16);
  const n1 = v128.load32_splat(CONSTANTS, 60),
    n2 = v128.load32_splat(CONSTANTS, 64),
    nHalf = v128.load32_splat(CONSTANTS, 68),
    two = v128.load32_splat(CONSTANTS, 24),
    four = v128.load32_splat(CONSTANTS, 28),
    half = v128.load32_splat(CONSTANTS, 16),
    quarter = v128.load32_splat(CONSTANTS, 8);
  const eight = v128.load32_splat(CONSTANTS, 36),
    sixteen = v128.load32_splat(CONSTANTS, 40),
    eighth = v128.load32_splat(CONSTANTS, 48),
    c16th = v128.load32_splat(CONSTANTS, 52);
  const aU1 = times(n1, sum(a1, a2)),
    bU1 = times(n1, sum(b1, b2));
  const aV1 = times(n1, minus(a1, a2)),
    bV1 = times(n1, minus(b1, b2));
  const aU2 = times(n2, sum(a3, a4)),
    bU2 = times(n2, sum(b3, b4));
  const aV2 = times(n2, minus(a3, a4)),
    bV2 = times(n2, minus(b3, b4));
  const aU3 = times(nHalf, sum(a5, a6)),
    bU3 = times(nHalf, sum(b5, b6));
  const aV3 = times(nHalf, minus(a5, a6)),
    bV3 = times(nHalf, minus(b5, b6));
  put(to, sum(sum(a0, aU1), sum(aU2, aU3)), sum(sum(b0, bU1), sum(bU2, bU3)));
  put(to + toStep, madd(two, aV2, madd(half, aV3, aV1)), madd(two, bV2, madd(half, bV3, bV1)));
  put(to + 2 * toStep, madd(four, aU2, madd(quarter, aU3, aU1)), madd(four, bU2, madd(quarter, bU3, bU1)));
  put(to + 3 * toStep, madd(eight, aV2, madd(eighth, aV3, aV1)), madd(eight, bV2, madd(eighth, bV3, bV1)));
  put(
    to + 4 * toStep,
    sum(madd(sixteen, aU2, madd(c16th, aU3, aU1)), a7),
    sum(madd(sixteen, bU2, madd(c16th, bU3, bU1)), b7),
  );
}
