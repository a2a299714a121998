import type { DType } from "../../src/core/dtype.ts";
import { allocate } from "../../src/core/dtype.ts";
import { fromNested, NDArray, type NestedArray } from "../../src/core/ndarray.ts";
import { philox, uniformOf } from "../../src/core/philox.ts";
import { sizeOf } from "../../src/core/shape.ts";

/** Draws element `index` of a test input from two uniform numbers in [0, 1). */
type Draw = (u: number, v: number, index: number, size: number) => number;

/** How to make an input of an op test: a shape and what to fill it with. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly draw: Draw;
}

/** A shape alone means standard normal float32. */
export type InputLike = readonly number[] | InputSpec | NDArray;

const gauss: Draw = (u, v) => Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);

export function normal(shape: readonly number[], deviation = 1, mean = 0): InputSpec {
  return { shape, dtype: "float32", draw: (u, v, i, n) => mean + deviation * gauss(u, v, i, n) };
}

export function uniform(shape: readonly number[], low: number, high: number): InputSpec {
  return { shape, dtype: "float32", draw: (u) => low + (high - low) * u };
}

/** Between 0.1 and 3: safe for logarithms, roots and divisions. */
export function positive(shape: readonly number[]): InputSpec {
  return uniform(shape, 0.1, 3);
}

/** Integers low <= i < high, as int32 unless another dtype is named. */
export function integers(shape: readonly number[], low: number, high: number, dtype: DType = "int32"): InputSpec {
  return { shape, dtype, draw: (u) => low + Math.floor((high - low) * u) };
}

export function booleans(shape: readonly number[]): InputSpec {
  return { shape, dtype: "bool", draw: (u) => (u < 0.5 ? 0 : 1) };
}

/** All different and at least 0.1 apart, in a scattered order: safe where gradients jump at ties (max, sort). */
export function distinct(shape: readonly number[]): InputSpec {
  return {
    shape,
    dtype: "float32",
    draw: (_u, _v, index, size) => ((index * scatter(size)) % size) * 0.1 - size * 0.05,
  };
}

function scatter(size: number): number {
  let step = Math.floor(size * 0.618) | 1;
  while (greatestCommonDivisor(step, size) !== 1) step++;
  return step;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Given numbers. */
export function values(nested: NestedArray, dtype: DType = "float32"): NDArray {
  return fromNested(nested, dtype);
}

/** The array of an input; `seed` makes inputs of one case differ from each other. */
export function makeInput(input: InputLike, seed: number): NDArray {
  if (input instanceof NDArray) return input;
  const { shape, dtype, draw } = "shape" in input ? input : normal(input);
  const size = sizeOf(shape);
  const data = allocate(dtype, size);
  const words = new Uint32Array(4);
  for (let index = 0; index < size; index++) {
    philox([index, 0, 0, 0], [seed, 0], words, 0);
    data[index] = draw(uniformOf(words[0]!), uniformOf(words[1]!), index, size);
  }
  return new NDArray(dtype, shape, data);
}
