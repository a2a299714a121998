/** z = condition ? x : y, with broadcasting; see broadcast.ts. Bits are copied, whatever the dtype. */

import { rowOffset } from "./broadcast";
import { begin, end } from "./task-range";

@unmanaged
export class WhereArgs {
  /** Bytes 0 or 1. */
  condition: usize;
  x: usize;
  y: usize;
  /** [n] */
  z: usize;
  n: i32;
  /** Elements of a row; n is a multiple. */
  inner: i32;
  /** 1 where an input moves along a row, 0 where it stays; at least one moves. */
  conditionStep: i32;
  xStep: i32;
  yStep: i32;
  /** Number of outer axes; i32[rank][4] follows: size, strides of condition, x and y. */
  rank: i32;
}

/** For elements of 32 bits. */
export function where(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WhereArgs>(args);
  const axes = args + offsetof<WhereArgs>();
  const cStep = <usize>g.conditionStep;
  const xStep = (<usize>g.xStep) << 2;
  const yStep = (<usize>g.yStep) << 2;
  const last = end(task, g.n);
  let i = begin(task);
  while (i < last) {
    const row = i / g.inner;
    const column = i - row * g.inner;
    const stop = i + min(g.inner - column, last - i);
    let c = g.condition + rowOffset(axes, g.rank, 3, 1, row) + <usize>(column * g.conditionStep);
    let x = g.x + ((rowOffset(axes, g.rank, 3, 2, row) + <usize>(column * g.xStep)) << 2);
    let y = g.y + ((rowOffset(axes, g.rank, 3, 3, row) + <usize>(column * g.yStep)) << 2);
    for (; i <= stop - 4; i += 4) {
      const mask = i32x4.ne(conditions(c, cStep), i32x4.splat(0));
      v128.store(g.z + ((<usize>i) << 2), v128.bitselect(four(x, xStep), four(y, yStep), mask));
      c += cStep << 2;
      x += xStep << 2;
      y += yStep << 2;
    }
    for (; i < stop; i++) {
      store<i32>(g.z + ((<usize>i) << 2), load<u8>(c) != 0 ? load<i32>(x) : load<i32>(y));
      c += cStep;
      x += xStep;
      y += yStep;
    }
  }
}

/** Four elements, or the one that stays in every lane. */
// @ts-ignore: decorator
@inline
function four(address: usize, step: usize): v128 {
  return step == 0 ? v128.load_splat<f32>(address) : v128.load(address);
}

/** Four conditions as 32-bit numbers. */
// @ts-ignore: decorator
@inline
function conditions(address: usize, step: usize): v128 {
  if (step == 0) return i32x4.splat(load<u8>(address));
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(i32x4.splat(load<i32>(address))));
}

/** For elements of one byte. */
export function whereByte(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WhereArgs>(args);
  const axes = args + offsetof<WhereArgs>();
  const last = end(task, g.n);
  let i = begin(task);
  while (i < last) {
    const row = i / g.inner;
    const column = i - row * g.inner;
    const stop = i + min(g.inner - column, last - i);
    let c = g.condition + rowOffset(axes, g.rank, 3, 1, row) + <usize>(column * g.conditionStep);
    let x = g.x + rowOffset(axes, g.rank, 3, 2, row) + <usize>(column * g.xStep);
    let y = g.y + rowOffset(axes, g.rank, 3, 3, row) + <usize>(column * g.yStep);
    for (; i < stop; i++) {
      store<u8>(g.z + <usize>i, load<u8>(c) != 0 ? load<u8>(x) : load<u8>(y));
      c += <usize>g.conditionStep;
      x += <usize>g.xStep;
      y += <usize>g.yStep;
    }
  }
}
