/** The loops of comparisons: two inputs of 32-bit elements that broadcast, one byte 0 or 1 an element of the output. */

import { BinaryArgs } from "./binary";
import { rowOffset } from "./broadcast";
import { begin, end } from "./task-range";

export abstract class Comparison {
  /** All bits of a lane are set where the comparison holds. */
  abstract vector(a: v128, b: v128): v128;
}

/** One task's slice of y, row by row. */
// @ts-ignore: decorator
@inline
export function compare<Op extends Comparison>(args: usize, task: i32): void {
  const g = changetype<BinaryArgs>(args);
  const axes = args + offsetof<BinaryArgs>();
  const op = changetype<Op>(0);
  const aStep = (<usize>g.aStep) << 2;
  const bStep = (<usize>g.bStep) << 2;
  const last = end(task, g.n);
  let i = begin(task);
  while (i < last) {
    const row = i / g.inner;
    const column = i - row * g.inner;
    const count = min(g.inner - column, last - i);
    let a = g.a + ((rowOffset(axes, g.rank, 2, 1, row) + <usize>(column * g.aStep)) << 2);
    let b = g.b + ((rowOffset(axes, g.rank, 2, 2, row) + <usize>(column * g.bStep)) << 2);
    const stop = i + count;
    for (; i <= stop - 16; i += 16) {
      const m0 = op.vector(four(a, aStep, 0), four(b, bStep, 0));
      const m1 = op.vector(four(a, aStep, 1), four(b, bStep, 1));
      const m2 = op.vector(four(a, aStep, 2), four(b, bStep, 2));
      const m3 = op.vector(four(a, aStep, 3), four(b, bStep, 3));
      // All ones is -1 in any width, so that narrowing with signed saturation keeps it.
      const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3));
      v128.store(g.y + <usize>i, v128.and(bytes, i8x16.splat(1)));
      a += aStep << 4;
      b += bStep << 4;
    }
    for (; i < stop; i++) {
      const holds = op.vector(v128.load_splat<f32>(a), v128.load_splat<f32>(b));
      store<u8>(g.y + <usize>i, <u8>(i32x4.extract_lane(holds, 0) & 1));
      a += aStep;
      b += bStep;
    }
  }
}

/** Vector number `which` from an address, or the element there in every lane when the input stays. */
// @ts-ignore: decorator
@inline
function four(address: usize, step: usize, which: usize): v128 {
  return step == 0 ? v128.load_splat<f32>(address) : v128.load(address + (which << 4));
}
