/** G g and Gᵀ m, the transforms of filters and of their gradients with six points, of eight channels each; see winograd-six.ts. */

import { madd, storePair } from "./simd";
import {
  CONSTANTS,
  FOUR,
  MINUS_SIXTH,
  QUARTER,
  SIXTH,
  THIRD,
  TWELFTH,
  TWENTY_FOURTH,
  TWO,
  TWO_THIRDS,
} from "./winograd-six";
import { minus, sum, times } from "./winograd-vectors";

/** G(3) g. */
// @ts-ignore: decorator
@inline
export function filter3to6(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const quarter = v128.load32_splat(CONSTANTS, QUARTER),
    sixth = v128.load32_splat(CONSTANTS, MINUS_SIXTH),
    one24 = v128.load32_splat(CONSTANTS, TWENTY_FOURTH),
    four = v128.load32_splat(CONSTANTS, FOUR),
    two = v128.load32_splat(CONSTANTS, TWO);
  const y = new StaticArray<StaticArray<v128>>(6);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(3);
    for (const i of [0, 1, 2]) x[i] = v128.load(from + fromStep * i, h * 16);
    const even2 = madd(four, x[2], x[0]);
    const odd2 = times(two, x[1]);
    const even1 = sum(x[0], x[2]);
    y[0][h] = times(quarter, x[0]);
    y[1][h] = times(sixth, sum(even1, x[1]));
    y[2][h] = times(sixth, minus(even1, x[1]));
    y[3][h] = times(one24, sum(even2, odd2));
    y[4][h] = times(one24, minus(even2, odd2));
    y[5][h] = x[2];
  }
  for (const i of [0, 1, 2, 3, 4, 5]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** G(5) g. */
// @ts-ignore: decorator
@inline
export function filter5to6(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const quarter = v128.load32_splat(CONSTANTS, QUARTER),
    sixth = v128.load32_splat(CONSTANTS, MINUS_SIXTH),
    one24 = v128.load32_splat(CONSTANTS, TWENTY_FOURTH),
    four = v128.load32_splat(CONSTANTS, FOUR),
    two = v128.load32_splat(CONSTANTS, TWO);
  const y = new StaticArray<StaticArray<v128>>(6);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(5);
    for (const i of [0, 1, 2, 3, 4]) x[i] = v128.load(from + fromStep * i, h * 16);
    const even1 = sum(sum(x[0], x[2]), x[4]);
    const odd1 = sum(x[1], x[3]);
    const even2 = madd(four, madd(four, x[4], x[2]), x[0]);
    const odd2 = times(two, madd(four, x[3], x[1]));
    y[0][h] = times(quarter, x[0]);
    y[1][h] = times(sixth, sum(even1, odd1));
    y[2][h] = times(sixth, minus(even1, odd1));
    y[3][h] = times(one24, sum(even2, odd2));
    y[4][h] = times(one24, minus(even2, odd2));
    y[5][h] = x[4];
  }
  for (const i of [0, 1, 2, 3, 4, 5]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** Gᵀ(3) m: the transpose of G(3), for the gradient of the filter. */
// @ts-ignore: decorator
@inline
export function filterGradient6to3(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const quarter = v128.load32_splat(CONSTANTS, QUARTER),
    sixth = v128.load32_splat(CONSTANTS, MINUS_SIXTH),
    one24 = v128.load32_splat(CONSTANTS, TWENTY_FOURTH),
    one12 = v128.load32_splat(CONSTANTS, TWELFTH),
    one6 = v128.load32_splat(CONSTANTS, SIXTH);
  const y = new StaticArray<StaticArray<v128>>(3);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(6);
    for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(from + fromStep * i, h * 16);
    // The part of points 1 and -1 is the same in both even rows.
    const sum1 = times(sixth, sum(x[1], x[2]));
    const sum2 = sum(x[3], x[4]);
    y[0][h] = madd(quarter, x[0], madd(one24, sum2, sum1));
    y[1][h] = madd(one12, minus(x[3], x[4]), times(sixth, minus(x[1], x[2])));
    y[2][h] = sum(madd(one6, sum2, sum1), x[5]);
  }
  for (const i of [0, 1, 2]) storePair(to + toStep * i, y[i][0], y[i][1]);
}

/** Gᵀ(5) m. */
// @ts-ignore: decorator
@inline
export function filterGradient6to5(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const quarter = v128.load32_splat(CONSTANTS, QUARTER),
    sixth = v128.load32_splat(CONSTANTS, MINUS_SIXTH),
    one24 = v128.load32_splat(CONSTANTS, TWENTY_FOURTH),
    one12 = v128.load32_splat(CONSTANTS, TWELFTH),
    one6 = v128.load32_splat(CONSTANTS, SIXTH),
    third = v128.load32_splat(CONSTANTS, THIRD),
    twoThirds = v128.load32_splat(CONSTANTS, TWO_THIRDS);
  const y = new StaticArray<StaticArray<v128>>(5);
  for (const h of [0, 1]) {
    const x = new StaticArray<v128>(6);
    for (const i of [0, 1, 2, 3, 4, 5]) x[i] = v128.load(from + fromStep * i, h * 16);
    const sum1 = times(sixth, sum(x[1], x[2]));
    const difference1 = times(sixth, minus(x[1], x[2]));
    const sum2 = sum(x[3], x[4]);
    const difference2 = minus(x[3], x[4]);
    y[0][h] = madd(quarter, x[0], madd(one24, sum2, sum1));
    y[1][h] = madd(one12, difference2, difference1);
    y[2][h] = madd(one6, sum2, sum1);
    y[3][h] = madd(third, difference2, difference1);
    y[4][h] = sum(madd(twoThirds, sum2, sum1), x[5]);
  }
  for (const i of [0, 1, 2, 3, 4]) storePair(to + toStep * i, y[i][0], y[i][1]);
}
