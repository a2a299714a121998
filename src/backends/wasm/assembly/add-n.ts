/** Sums of many tensors of one shape, in one pass over all of them. */

import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class AddNArgs {
  /** [n] */
  y: usize;
  n: i32;
  /** Number of addends, at least 2; their addresses follow, each [n]. */
  count: i32;
}

/** Address of element `i` (of 2^shift bytes) of addend `k`. */
// @ts-ignore: decorator
@inline
function at(args: usize, k: i32, i: i32, shift: usize): usize {
  return load<usize>(args + offsetof<AddNArgs>() + ((<usize>k) << 2)) + ((<usize>i) << shift);
}

/** y = ((x0 + x1) + x2) + ... */
export function addN(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AddNArgs>(args);
  const last = end(task, a.n);
  let i = begin(task);
  // Four pairs at a time, so that stepping through the addends costs little.
  for (; i <= last - 32; i += 32) {
    let x = at(args, 0, i, 2);
    const sums = new StaticArray<v128>(8);
    for (const v of [0, 1, 2, 3, 4, 5, 6, 7]) sums[v] = v128.load(x, v * 16);
    for (let k = 1; k < a.count; k++) {
      x = at(args, k, i, 2);
      for (const v of [0, 1, 2, 3, 4, 5, 6, 7]) sums[v] = f32x4.add(sums[v], v128.load(x, v * 16));
    }
    const y = a.y + ((<usize>i) << 2);
    for (const v of [0, 2, 4, 6]) storePair(y + v * 16, sums[v], sums[v + 1]);
  }
  for (; i < last; i++) {
    let sum = load<f32>(at(args, 0, i, 2));
    for (let k = 1; k < a.count; k++) sum += load<f32>(at(args, k, i, 2));
    store<f32>(a.y + ((<usize>i) << 2), sum);
  }
}

/** The same of int32. */
export function addNInt(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AddNArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    let sum = 0;
    for (let k = 0; k < a.count; k++) sum += load<i32>(at(args, k, i, 2));
    store<i32>(a.y + ((<usize>i) << 2), sum);
  }
}

/** The same of uint8. */
export function addNByte(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AddNArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    let sum = 0;
    for (let k = 0; k < a.count; k++) sum += <i32>load<u8>(at(args, k, i, 0));
    store<u8>(a.y + <usize>i, <u8>sum);
  }
}
