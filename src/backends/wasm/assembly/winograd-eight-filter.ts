/** G g and Gᵀ m, the transforms of filters and of their gradients with eight points, of eight channels each; see winograd-eight.ts. */

import { madd, storePair } from "./simd";
import {
  CONSTANTS,
  EIGHT,
  EIGHTH,
  FOUR,
  HALF,
  QUARTER,
  SCALE_HALF,
  SCALE_ONE,
  SCALE_TWO,
  SIXTEEN,
  SIXTEENTH,
  TWO,
} from "./winograd-eight";
import { minus, sum, times } from "./winograd-vectors";

/** G(3) g. */
// @ts-ignore: decorator
@inline
export function filter3to8(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    n1 = v128.load32_splat(CONSTANTS, SCALE_ONE),
    n2 = v128.load32_splat(CONSTANTS, SCALE_TWO),
    nHalf = v128.load32_splat(CONSTANTS, SCALE_HALF);
  const y = new StaticArray<StaticArray<v128>>(8);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(3);
    for (const i of [0, 1, 2]) x[i] = v128.load(from + fromStep * i, h * 16);
    y[0][h] = x[0];
    const even1 = sum(x[0], x[2]);
    y[1][h] = times(n1, sum(even1, x[1]));
    y[2][h] = times(n1, minus(even1, x[1]));
    const even2 = madd(four, x[2], x[0]);
    const odd2 = times(two, x[1]);
    y[3][h] = times(n2, sum(even2, odd2));
    y[4][h] = times(n2, minus(even2, odd2));
    const evenHalf = madd(quarter, x[2], x[0]);
    const oddHalf = times(half, x[1]);
    y[5][h] = times(nHalf, sum(evenHalf, oddHalf));
    y[6][h] = times(nHalf, minus(evenHalf, oddHalf));
    y[7][h] = x[2];
  }
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** G(5) g. */
// @ts-ignore: decorator
@inline
export function filter5to8(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    n1 = v128.load32_splat(CONSTANTS, SCALE_ONE),
    n2 = v128.load32_splat(CONSTANTS, SCALE_TWO),
    nHalf = v128.load32_splat(CONSTANTS, SCALE_HALF),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    sixteen = v128.load32_splat(CONSTANTS, SIXTEEN),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH),
    c16th = v128.load32_splat(CONSTANTS, SIXTEENTH);
  const y = new StaticArray<StaticArray<v128>>(8);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(5);
    for (const i of [0, 1, 2, 3, 4]) x[i] = v128.load(from + fromStep * i, h * 16);
    y[0][h] = x[0];
    const even1 = sum(sum(x[0], x[2]), x[4]);
    const odd1 = sum(x[1], x[3]);
    y[1][h] = times(n1, sum(even1, odd1));
    y[2][h] = times(n1, minus(even1, odd1));
    const even2 = madd(sixteen, x[4], madd(four, x[2], x[0]));
    const odd2 = madd(eight, x[3], times(two, x[1]));
    y[3][h] = times(n2, sum(even2, odd2));
    y[4][h] = times(n2, minus(even2, odd2));
    const evenHalf = madd(c16th, x[4], madd(quarter, x[2], x[0]));
    const oddHalf = madd(eighth, x[3], times(half, x[1]));
    y[5][h] = times(nHalf, sum(evenHalf, oddHalf));
    y[6][h] = times(nHalf, minus(evenHalf, oddHalf));
    y[7][h] = x[4];
  }
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** Gᵀ(3) m: the transpose of G(3), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function filterGradient8to3(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const n1 = v128.load32_splat(CONSTANTS, SCALE_ONE),
    n2 = v128.load32_splat(CONSTANTS, SCALE_TWO),
    nHalf = v128.load32_splat(CONSTANTS, SCALE_HALF),
    two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER);
  const y = new StaticArray<StaticArray<v128>>(3);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(8);
    for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) x[i] = v128.load(from + fromStep * i, h * 16);
    const sum1 = times(n1, sum(x[1], x[2]));
    const difference1 = times(n1, minus(x[1], x[2]));
    const sum2 = times(n2, sum(x[3], x[4]));
    const difference2 = times(n2, minus(x[3], x[4]));
    const sumHalf = times(nHalf, sum(x[5], x[6]));
    const differenceHalf = times(nHalf, minus(x[5], x[6]));
    y[0][h] = sum(sum(x[0], sum1), sum(sum2, sumHalf));
    y[1][h] = madd(two, difference2, madd(half, differenceHalf, difference1));
    y[2][h] = sum(madd(four, sum2, madd(quarter, sumHalf, sum1)), x[7]);
  }
  for (const i of [0, 1, 2]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** Gᵀ(5) m. */
// @ts-ignore: decorator
@inline
export function filterGradient8to5(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const n1 = v128.load32_splat(CONSTANTS, SCALE_ONE),
    n2 = v128.load32_splat(CONSTANTS, SCALE_TWO),
    nHalf = v128.load32_splat(CONSTANTS, SCALE_HALF),
    two = v128.load32_splat(CONSTANTS, TWO),
    four = v128.load32_splat(CONSTANTS, FOUR),
    half = v128.load32_splat(CONSTANTS, HALF),
    quarter = v128.load32_splat(CONSTANTS, QUARTER),
    eight = v128.load32_splat(CONSTANTS, EIGHT),
    sixteen = v128.load32_splat(CONSTANTS, SIXTEEN),
    eighth = v128.load32_splat(CONSTANTS, EIGHTH),
    c16th = v128.load32_splat(CONSTANTS, SIXTEENTH);
  const y = new StaticArray<StaticArray<v128>>(5);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(8);
    for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) x[i] = v128.load(from + fromStep * i, h * 16);
    const sum1 = times(n1, sum(x[1], x[2]));
    const difference1 = times(n1, minus(x[1], x[2]));
    const sum2 = times(n2, sum(x[3], x[4]));
    const difference2 = times(n2, minus(x[3], x[4]));
    const sumHalf = times(nHalf, sum(x[5], x[6]));
    const differenceHalf = times(nHalf, minus(x[5], x[6]));
    y[0][h] = sum(sum(x[0], sum1), sum(sum2, sumHalf));
    y[1][h] = madd(two, difference2, madd(half, differenceHalf, difference1));
    y[2][h] = madd(four, sum2, madd(quarter, sumHalf, sum1));
    y[3][h] = madd(eight, difference2, madd(eighth, differenceHalf, difference1));
    y[4][h] = sum(madd(sixteen, sum2, madd(c16th, sumHalf, sum1)), x[7]);
  }
  for (const i of [0, 1, 2, 3, 4]) storePair(to + toStep * i, y[i][0], y[i][1]);
}
