/** G g and Gᵀ m, the transforms of filters and of their gradients with six points, of eight channels each; see winograd-six.ts. */

import { madd, storePair } from "./simd";
import { CONSTANTS } from "./winograd-six";
import { minus, sum } from "./winograd-vectors";

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
  storePair(to, f32x4.mul(quarter, a0), f32x4.mul(quarter, b0));
  storePair(to + toStep, f32x4.mul(sixth, sum(as, a1)), f32x4.mul(sixth, sum(bs, b1)));
  storePair(to + 2 * toStep, f32x4.mul(sixth, minus(as, a1)), f32x4.mul(sixth, minus(bs, b1)));
  storePair(to + 3 * toStep, f32x4.mul(one24, sum(at, ad)), f32x4.mul(one24, sum(bt, bd)));
  storePair(to + 4 * toStep, f32x4.mul(one24, minus(at, ad)), f32x4.mul(one24, minus(bt, bd)));
  storePair(to + 5 * toStep, a2, b2);
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
  storePair(to, f32x4.mul(quarter, a0), f32x4.mul(quarter, b0));
  storePair(to + toStep, f32x4.mul(sixth, sum(as, ad)), f32x4.mul(sixth, sum(bs, bd)));
  storePair(to + 2 * toStep, f32x4.mul(sixth, minus(as, ad)), f32x4.mul(sixth, minus(bs, bd)));
  storePair(to + 3 * toStep, f32x4.mul(one24, sum(at, ae)), f32x4.mul(one24, sum(bt, be)));
  storePair(to + 4 * toStep, f32x4.mul(one24, minus(at, ae)), f32x4.mul(one24, minus(bt, be)));
  storePair(to + 5 * toStep, a4, b4);
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
  storePair(to, madd(quarter, a0, madd(one24, at, as)), madd(quarter, b0, madd(one24, bt, bs)));
  storePair(
    to + toStep,
    madd(one12, minus(a3, a4), f32x4.mul(sixth, minus(a1, a2))),
    madd(one12, minus(b3, b4), f32x4.mul(sixth, minus(b1, b2))),
  );
  storePair(to + 2 * toStep, sum(madd(one6, at, as), a5), sum(madd(one6, bt, bs), b5));
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
  storePair(to, madd(quarter, a0, madd(one24, at, as)), madd(quarter, b0, madd(one24, bt, bs)));
  storePair(to + toStep, madd(one12, ae, ad), madd(one12, be, bd));
  storePair(to + 2 * toStep, madd(one6, at, as), madd(one6, bt, bs));
  storePair(to + 3 * toStep, madd(third, ae, ad), madd(third, be, bd));
  storePair(to + 4 * toStep, sum(madd(twoThirds, at, as), a5), sum(madd(twoThirds, bt, bs), b5));
}
