/**
 * The forms F(m x m, r x r) that there are kernels for: how many points, results and taps each has along one axis, and its 1-D
 * transforms. A kernel takes a form as a type; its methods are found statically and inlined.
 */

import {
  filter3to8,
  filter5to8,
  filterGradient8to3,
  filterGradient8to5,
  gradient4to8,
  gradient6to8,
  input8,
  output8to4,
  output8to6,
} from "./winograd-eight";
import {
  filter3to6,
  filter5to6,
  filterGradient6to3,
  filterGradient6to5,
  gradient2to6,
  gradient4to6,
  input6,
  output6to2,
  output6to4,
} from "./winograd-six";

export abstract class Form {
  /** Inputs of a tile along an axis, and frequencies: m + r - 1. */
  abstract points(): i32;
  /** m */
  abstract results(): i32;
  /** r */
  abstract taps(): i32;
  /** Bᵀ over `points` pixels at the addresses in `pixels` plus `offset`, to vectors of eight channels `step` bytes apart. */
  abstract inputColumn(pixels: usize, offset: usize, to: usize, step: usize): void;
  /** Bᵀ over neighbouring vectors of eight channels. */
  abstract inputRow(from: usize, to: usize, step: usize): void;
  /** Aᵀ */
  abstract output(from: usize, fromStep: usize, to: usize, toStep: usize): void;
  /** G */
  abstract filter(from: usize, fromStep: usize, to: usize, toStep: usize): void;
  /** A over `results` pixels, as `inputColumn`. */
  abstract gradientColumn(pixels: usize, offset: usize, to: usize, step: usize): void;
  /** A over neighbouring vectors, as `inputRow`. */
  abstract gradientRow(from: usize, to: usize, step: usize): void;
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
  inputColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    input6(
      load<usize>(pixels) + offset,
      load<usize>(pixels, 4) + offset,
      load<usize>(pixels, 8) + offset,
      load<usize>(pixels, 12) + offset,
      load<usize>(pixels, 16) + offset,
      load<usize>(pixels, 20) + offset,
      to,
      step,
    );
  }
  // @ts-ignore: decorator
  @inline
  inputRow(from: usize, to: usize, step: usize): void {
    input6(from, from + 32, from + 64, from + 96, from + 128, from + 160, to, step);
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
  output(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    output6to4(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter3to6(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradientColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    gradient4to6(
      load<usize>(pixels) + offset,
      load<usize>(pixels, 4) + offset,
      load<usize>(pixels, 8) + offset,
      load<usize>(pixels, 12) + offset,
      to,
      step,
    );
  }
  // @ts-ignore: decorator
  @inline
  gradientRow(from: usize, to: usize, step: usize): void {
    gradient4to6(from, from + 32, from + 64, from + 96, to, step);
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
  output(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    output6to2(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter5to6(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradientColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    gradient2to6(load<usize>(pixels) + offset, load<usize>(pixels, 4) + offset, to, step);
  }
  // @ts-ignore: decorator
  @inline
  gradientRow(from: usize, to: usize, step: usize): void {
    gradient2to6(from, from + 32, to, step);
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
  inputColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    input8(
      load<usize>(pixels) + offset,
      load<usize>(pixels, 4) + offset,
      load<usize>(pixels, 8) + offset,
      load<usize>(pixels, 12) + offset,
      load<usize>(pixels, 16) + offset,
      load<usize>(pixels, 20) + offset,
      load<usize>(pixels, 24) + offset,
      load<usize>(pixels, 28) + offset,
      to,
      step,
    );
  }
  // @ts-ignore: decorator
  @inline
  inputRow(from: usize, to: usize, step: usize): void {
    input8(from, from + 32, from + 64, from + 96, from + 128, from + 160, from + 192, from + 224, to, step);
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
  output(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    output8to6(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter3to8(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradientColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    gradient6to8(
      load<usize>(pixels) + offset,
      load<usize>(pixels, 4) + offset,
      load<usize>(pixels, 8) + offset,
      load<usize>(pixels, 12) + offset,
      load<usize>(pixels, 16) + offset,
      load<usize>(pixels, 20) + offset,
      to,
      step,
    );
  }
  // @ts-ignore: decorator
  @inline
  gradientRow(from: usize, to: usize, step: usize): void {
    gradient6to8(from, from + 32, from + 64, from + 96, from + 128, from + 160, to, step);
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
  output(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    output8to4(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  filter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filter5to8(from, fromStep, to, toStep);
  }
  // @ts-ignore: decorator
  @inline
  gradientColumn(pixels: usize, offset: usize, to: usize, step: usize): void {
    gradient4to8(
      load<usize>(pixels) + offset,
      load<usize>(pixels, 4) + offset,
      load<usize>(pixels, 8) + offset,
      load<usize>(pixels, 12) + offset,
      to,
      step,
    );
  }
  // @ts-ignore: decorator
  @inline
  gradientRow(from: usize, to: usize, step: usize): void {
    gradient4to8(from, from + 32, from + 64, from + 96, to, step);
  }
  // @ts-ignore: decorator
  @inline
  filterGradient(from: usize, fromStep: usize, to: usize, toStep: usize): void {
    filterGradient8to5(from, fromStep, to, toStep);
  }
}
