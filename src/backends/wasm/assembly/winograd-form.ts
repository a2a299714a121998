/**
 * The forms F(m x m, r x r) that there are kernels for: how many points, results and taps each has along one axis, and its 1-D
 * transforms. A kernel takes a form as a type; its methods are found statically and inlined.
 */

import { gradient4to8, gradient6to8, input8, output8to4, output8to6 } from "./winograd-eight";
import { filter3to8, filter5to8, filterGradient8to3, filterGradient8to5 } from "./winograd-eight-filter";
import { gradient2to6, gradient4to6, input6, output6to2, output6to4 } from "./winograd-six";
import { filter3to6, filter5to6, filterGradient6to3, filterGradient6to5 } from "./winograd-six-filter";
import { Pixels, Steps } from "./winograd-vectors";

export abstract class Form {
  /** Inputs of a tile along an axis, and frequencies: m + r - 1. */
  abstract points(): i32;
  /** m */
  abstract results(): i32;
  /** r */
  abstract taps(): i32;
  /**
   * Bᵀ over `points` rows of `bytes` each, a multiple of 32, whose addresses are in the table: element by element, to rows `step`
   * bytes apart.
   */
  abstract input(rows: usize, bytes: usize, to: usize, step: usize): void;
  /** Aᵀ over `points` rows of `bytes` each, a multiple of 32, `fromStep` bytes apart, to `results` rows `toStep` apart. */
  abstract output(from: usize, fromStep: usize, bytes: usize, to: usize, toStep: usize): void;
  /** As `output`, but no less than `floor`, to the pixels whose addresses are in the table, `offset` bytes behind each. */
  abstract outputPixels(from: usize, fromStep: usize, bytes: usize, pixels: usize, offset: usize, floor: v128): void;
  /** G */
  abstract filter(from: usize, fromStep: usize, to: usize, toStep: usize): void;
  /** A over `results` rows, as `input`. */
  abstract gradient(rows: usize, bytes: usize, to: usize, step: usize): void;
  /** Gᵀ */
  abstract filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void;
}

/** What both forms with six points share. */
abstract class Six extends Form {
  // @ts-ignore: decorator
  @inline
  points(): i32 {
    return 6;
  }
  // @ts-ignore: decorator
  @inline
  input(rows: usize, bytes: usize, to: usize, step: usize): void {
    input6(rows, bytes, to, step);
  }
}

/** F(4x4, 3x3) */
export class Form4x3 extends Six {
  // @ts-ignore: decorator
  @inline
  results(): i32 {
    return 4;
  }
  // @ts-ignore: decorator
  @inline
  taps(): i32 {
    return 3;
  }
  // @ts-ignore: decorator
  @inline
  output(from: usize, fromStep: usize, bytes: usize, to: usize, toStep: usize): void {
    output6to4<Steps>(from, fromStep, bytes, to, toStep, f32x4.splat(0));
  }
  // @ts-ignore: decorator
  @inline
  outputPixels(from: usize, fromStep: usize, bytes: usize, pixels: usize, offset: usize, floor: v128): void {
    output6to4<Pixels>(from, fromStep, bytes, pixels, offset, floor);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter3to6(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradient(rows: usize, bytes: usize, to: usize, step: usize): void {
    gradient4to6(rows, bytes, to, step);
  }
  // @ts-ignore: decorator
  @inline
  filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filterGradient6to3(from, fromStep, to, toStep);
  }
}

/** F(2x2, 5x5) */
export class Form2x5 extends Six {
  // @ts-ignore: decorator
  @inline
  results(): i32 {
    return 2;
  }
  // @ts-ignore: decorator
  @inline
  taps(): i32 {
    return 5;
  }
  // @ts-ignore: decorator
  @inline
  output(from: usize, fromStep: usize, bytes: usize, to: usize, toStep: usize): void {
    output6to2<Steps>(from, fromStep, bytes, to, toStep, f32x4.splat(0));
  }
  // @ts-ignore: decorator
  @inline
  outputPixels(from: usize, fromStep: usize, bytes: usize, pixels: usize, offset: usize, floor: v128): void {
    output6to2<Pixels>(from, fromStep, bytes, pixels, offset, floor);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter5to6(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradient(rows: usize, bytes: usize, to: usize, step: usize): void {
    gradient2to6(rows, bytes, to, step);
  }
  // @ts-ignore: decorator
  @inline
  filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filterGradient6to5(from, fromStep, to, toStep);
  }
}

/** What both forms with eight points share. */
abstract class Eight extends Form {
  // @ts-ignore: decorator
  @inline
  points(): i32 {
    return 8;
  }
  // @ts-ignore: decorator
  @inline
  input(rows: usize, bytes: usize, to: usize, step: usize): void {
    input8(rows, bytes, to, step);
  }
}

/** F(6x6, 3x3) */
export class Form6x3 extends Eight {
  // @ts-ignore: decorator
  @inline
  results(): i32 {
    return 6;
  }
  // @ts-ignore: decorator
  @inline
  taps(): i32 {
    return 3;
  }
  // @ts-ignore: decorator
  @inline
  output(from: usize, fromStep: usize, bytes: usize, to: usize, toStep: usize): void {
    output8to6<Steps>(from, fromStep, bytes, to, toStep, f32x4.splat(0));
  }
  // @ts-ignore: decorator
  @inline
  outputPixels(from: usize, fromStep: usize, bytes: usize, pixels: usize, offset: usize, floor: v128): void {
    output8to6<Pixels>(from, fromStep, bytes, pixels, offset, floor);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter3to8(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradient(rows: usize, bytes: usize, to: usize, step: usize): void {
    gradient6to8(rows, bytes, to, step);
  }
  // @ts-ignore: decorator
  @inline
  filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filterGradient8to3(from, fromStep, to, toStep);
  }
}

/** F(4x4, 5x5) */
export class Form4x5 extends Eight {
  // @ts-ignore: decorator
  @inline
  results(): i32 {
    return 4;
  }
  // @ts-ignore: decorator
  @inline
  taps(): i32 {
    return 5;
  }
  // @ts-ignore: decorator
  @inline
  output(from: usize, fromStep: usize, bytes: usize, to: usize, toStep: usize): void {
    output8to4<Steps>(from, fromStep, bytes, to, toStep, f32x4.splat(0));
  }
  // @ts-ignore: decorator
  @inline
  outputPixels(from: usize, fromStep: usize, bytes: usize, pixels: usize, offset: usize, floor: v128): void {
    output8to4<Pixels>(from, fromStep, bytes, pixels, offset, floor);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter5to8(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradient(rows: usize, bytes: usize, to: usize, step: usize): void {
    gradient4to8(rows, bytes, to, step);
  }
  // @ts-ignore: decorator
  @inline
  filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filterGradient8to5(from, fromStep, to, toStep);
  }
}
