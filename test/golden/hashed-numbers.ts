/** Test numbers that TypeScript and Python (hashed_numbers.py) make alike, to the bit: no file of inputs is needed. */
import { NDArray } from "../../src/core/ndarray.ts";
import { sizeOf } from "../../src/core/shape.ts";

/** An unsigned 32-bit word: element index and seed, mixed (the finalizer of MurmurHash3). */
function hashed(index: number, seed: number): number {
  let word = index + Math.imul(seed, 0x9e3779b9);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}

function fill(shape: readonly number[], draw: (index: number) => number): NDArray {
  return new NDArray(
    "float32",
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, index) => draw(index)),
  );
}

/** -4 to 4. Sums of their products are whole numbers too, so that float32 is exact in whatever order it adds. */
export function wholeNumbers(shape: readonly number[], seed: number): NDArray {
  return fill(shape, (index) => (hashed(index, seed) % 9) - 4);
}

/** -scale to scale, rounded to float32. */
export function hashedUniform(shape: readonly number[], seed: number, scale: number = 1): NDArray {
  return fill(shape, (index) => (hashed(index, seed) / 2 ** 31 - 1) * scale);
}
