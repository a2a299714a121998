/** The loops of ops with two inputs that broadcast: y[i] = f(a[...], b[...]). See unary.ts and broadcast.ts. */

import { rowOffset } from "./broadcast";
import { begin, end } from "./task-range";
import { storePair } from "./simd";

/** f in each lane, for elements of 32 bits. */
export abstract class Binary {
  /** @param p, q the op's parameters in every lane, where it has some. */
  abstract vector(a: v128, b: v128, p: v128, q: v128): v128;
}

@unmanaged
export class BinaryArgs {
  a: usize;
  b: usize;
  /** [n] */
  y: usize;
  n: i32;
  /** Elements of a row; n is a multiple. */
  inner: i32;
  /** 1 where an input moves along a row, 0 where it stays; at least one moves. */
  aStep: i32;
  bStep: i32;
  /** The op's parameters; 0 where it has none. */
  p: f32;
  q: f32;
  /** 1 when the whole of a is one short row, the same for every row of y; 2 when b is; else 0. */
  repeated: i32;
  /** Number of outer axes; i32[rank][3] follows: size, stride of a, stride of b. */
  rank: i32;
}

/** Rows shorter than this are strung together, so that the vector loops have something to run over. */
const SHORT: i32 = 64;

/** One task's slice of y, row by row. @param scratch float32[3 * SHORT] when `repeated`. */
// @ts-ignore: decorator
@inline
export function combine<Op extends Binary>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<BinaryArgs>(args);
  const axes = args + offsetof<BinaryArgs>();
  const last = end(task, g.n);
  const strung = g.repeated == 0 ? 0 : repeat(g.repeated == 1 ? g.a : g.b, g.inner, scratch);
  let i = begin(task);
  while (i < last) {
    const row = i / g.inner;
    const column = i - row * g.inner;
    let a: usize, b: usize, count: i32;
    if (strung != 0) {
      count = min(strung, last - i);
      a = g.repeated == 1 ? scratch + ((<usize>column) << 2) : g.a + ((<usize>i) << 2);
      b = g.repeated == 2 ? scratch + ((<usize>column) << 2) : g.b + ((<usize>i) << 2);
    } else {
      count = min(g.inner - column, last - i);
      a = g.a + ((rowOffset(axes, g.rank, 2, 1, row) + <usize>(column * g.aStep)) << 2);
      b = g.b + ((rowOffset(axes, g.rank, 2, 2, row) + <usize>(column * g.bStep)) << 2);
    }
    combineRow<Op>(g, a, b, g.y + ((<usize>i) << 2), count);
    i += count;
  }
}

/**
 * A short row again and again: SHORT elements rounded up to whole rows, and one row more, since one begins anywhere in
 * the first.
 * @returns a multiple of the row's length, at least SHORT: how many elements one may take at a time.
 */
function repeat(row: usize, length: i32, to: usize): i32 {
  const strung = ((SHORT + length - 1) / length) * length;
  for (let i = 0; i < strung + length; i++)
    store<i32>(to + ((<usize>i) << 2), load<i32>(row + ((<usize>(i % length)) << 2)));
  return strung;
}

// @ts-ignore: decorator
@inline
function combineRow<Op extends Binary>(g: BinaryArgs, a: usize, b: usize, y: usize, count: i32): void {
  const op = changetype<Op>(0);
  const p = f32x4.splat(g.p);
  const q = f32x4.splat(g.q);
  const aStep = (<usize>g.aStep) << 2;
  const bStep = (<usize>g.bStep) << 2;
  const pairs = y + ((<usize>(count >> 3)) << 5);
  const stop = y + ((<usize>count) << 2);
  if (aStep == 0) {
    const stays = v128.load_splat<f32>(a);
    for (; y < pairs; y += 32) {
      const low = op.vector(stays, v128.load(b), p, q);
      const high = op.vector(stays, v128.load(b, 16), p, q);
      storePair(y, low, high);
      b += 32;
    }
  } else if (bStep == 0) {
    const stays = v128.load_splat<f32>(b);
    for (; y < pairs; y += 32) {
      const low = op.vector(v128.load(a), stays, p, q);
      const high = op.vector(v128.load(a, 16), stays, p, q);
      storePair(y, low, high);
      a += 32;
    }
  } else {
    for (; y < pairs; y += 32) {
      const low = op.vector(v128.load(a), v128.load(b), p, q);
      const high = op.vector(v128.load(a, 16), v128.load(b, 16), p, q);
      storePair(y, low, high);
      a += 32;
      b += 32;
    }
  }
  for (; y < stop; y += 4) {
    v128.store_lane<f32>(y, op.vector(v128.load_splat<f32>(a), v128.load_splat<f32>(b), p, q), 0);
    a += aStep;
    b += bStep;
  }
}

/** f of two bytes (uint8, bool); the low eight bits of the result are kept. */
export abstract class ByteBinary {
  abstract scalar(a: i32, b: i32): i32;
}

/** The same for elements of one byte. Plain loops: nothing big is made of bytes. */
// @ts-ignore: decorator
@inline
export function combineBytes<Op extends ByteBinary>(args: usize, task: i32): void {
  const g = changetype<BinaryArgs>(args);
  const axes = args + offsetof<BinaryArgs>();
  const op = changetype<Op>(0);
  const last = end(task, g.n);
  let i = begin(task);
  while (i < last) {
    const row = i / g.inner;
    const column = i - row * g.inner;
    const stop = i + min(g.inner - column, last - i);
    let a = g.a + rowOffset(axes, g.rank, 2, 1, row) + <usize>(column * g.aStep);
    let b = g.b + rowOffset(axes, g.rank, 2, 2, row) + <usize>(column * g.bStep);
    for (; i < stop; i++) {
      store<u8>(g.y + <usize>i, <u8>op.scalar(load<u8>(a), load<u8>(b)));
      a += <usize>g.aStep;
      b += <usize>g.bStep;
    }
  }
}
