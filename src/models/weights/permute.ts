import { type ConcreteShape, sizeOf, stridesOf } from "../../core/shape.ts";

/**
 * Reorders axes: axis i of the result is axis `permutation[i]` of `data`.
 * @param data row-major elements of `shape`. @returns the elements of the result, row-major.
 */
export function permute(data: ArrayLike<number>, shape: ConcreteShape, permutation: readonly number[]): Float32Array {
  const strides = stridesOf(shape);
  const sizes = permutation.map((axis) => shape[axis]!);
  const steps = permutation.map((axis) => strides[axis]!);
  const result = new Float32Array(sizeOf(shape));
  if (result.length === 0) return result;
  // The last axis runs in a loop of its own, the others count like an odometer.
  const last = permutation.length - 1;
  const count = sizes[last] ?? 1;
  const step = steps[last] ?? 1;
  const index = new Array<number>(Math.max(last, 0)).fill(0);
  let from = 0;
  for (let to = 0; to < result.length; to += count) {
    for (let i = 0; i < count; i++) result[to + i] = data[from + i * step]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      from -= steps[axis]! * sizes[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

/** The permutation that undoes another. */
export function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}
