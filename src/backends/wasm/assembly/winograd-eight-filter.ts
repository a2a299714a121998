/** G g and Gᵀ m, the transforms of filters and of their gradients with eight points, of eight channels each; see winograd-eight.ts. */

import { madd, storePair } from "./simd";
import { CONSTANTS } from "./winograd-eight";
import { minus, sum, times } from "./winograd-vectors";

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
  storePair(to, a0, b0);
  storePair(to + toStep, times(n1, sum(aE1, aO1)), times(n1, sum(bE1, bO1)));
  storePair(to + 2 * toStep, times(n1, minus(aE1, aO1)), times(n1, minus(bE1, bO1)));
  storePair(to + 3 * toStep, times(n2, sum(aE2, aO2)), times(n2, sum(bE2, bO2)));
  storePair(to + 4 * toStep, times(n2, minus(aE2, aO2)), times(n2, minus(bE2, bO2)));
  storePair(to + 5 * toStep, times(nHalf, sum(aE3, aO3)), times(nHalf, sum(bE3, bO3)));
  storePair(to + 6 * toStep, times(nHalf, minus(aE3, aO3)), times(nHalf, minus(bE3, bO3)));
  storePair(to + 7 * toStep, a2, b2);
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
  storePair(to, a0, b0);
  storePair(to + toStep, times(n1, sum(aE1, aO1)), times(n1, sum(bE1, bO1)));
  storePair(to + 2 * toStep, times(n1, minus(aE1, aO1)), times(n1, minus(bE1, bO1)));
  storePair(to + 3 * toStep, times(n2, sum(aE2, aO2)), times(n2, sum(bE2, bO2)));
  storePair(to + 4 * toStep, times(n2, minus(aE2, aO2)), times(n2, minus(bE2, bO2)));
  storePair(to + 5 * toStep, times(nHalf, sum(aE3, aO3)), times(nHalf, sum(bE3, bO3)));
  storePair(to + 6 * toStep, times(nHalf, minus(aE3, aO3)), times(nHalf, minus(bE3, bO3)));
  storePair(to + 7 * toStep, a4, b4);
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
  storePair(to, sum(sum(a0, aU1), sum(aU2, aU3)), sum(sum(b0, bU1), sum(bU2, bU3)));
  storePair(to + toStep, madd(two, aV2, madd(half, aV3, aV1)), madd(two, bV2, madd(half, bV3, bV1)));
  storePair(
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
  storePair(to, sum(sum(a0, aU1), sum(aU2, aU3)), sum(sum(b0, bU1), sum(bU2, bU3)));
  storePair(to + toStep, madd(two, aV2, madd(half, aV3, aV1)), madd(two, bV2, madd(half, bV3, bV1)));
  storePair(to + 2 * toStep, madd(four, aU2, madd(quarter, aU3, aU1)), madd(four, bU2, madd(quarter, bU3, bU1)));
  storePair(to + 3 * toStep, madd(eight, aV2, madd(eighth, aV3, aV1)), madd(eight, bV2, madd(eighth, bV3, bV1)));
  storePair(
    to + 4 * toStep,
    sum(madd(sixteen, aU2, madd(c16th, aU3, aU1)), a7),
    sum(madd(sixteen, bU2, madd(c16th, bU3, bU1)), b7),
  );
}
