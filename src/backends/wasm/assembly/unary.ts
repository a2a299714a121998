/**
 * The loop of ops with one input: y[i] = f(x[i]).
 *
 * An op says what it does to a vector of four elements. There is no scalar version of it: the last few elements go
 * through the same vector code, so an element's value does not depend on where it stands.
 */

import { begin, end } from "./task-range";
import { storePair } from "./simd";

/** f in each lane, for elements of 32 bits. */
export abstract class Unary {
  /** @param p, q the op's parameters in every lane, where it has some. */
  abstract vector(x: v128, p: v128, q: v128): v128;
}

@unmanaged
export class UnaryArgs {
  /** [n] elements of 32 bits. */
  x: usize;
  y: usize;
  n: i32;
  /** The op's parameters; 0 where it has none. */
  p: f32;
  q: f32;
}

/** One task's slice of y. The op is found statically, by its type, and inlined. */
// @ts-ignore: decorator
@inline
export function map<Op extends Unary>(args: usize, task: i32): void {
  const a = changetype<UnaryArgs>(args);
  const op = changetype<Op>(0);
  const p = f32x4.splat(a.p);
  const q = f32x4.splat(a.q);
  const last = end(task, a.n);
  let i = begin(task);
  let x = a.x + ((<usize>i) << 2);
  let y = a.y + ((<usize>i) << 2);
  for (; i <= last - 8; i += 8) {
    const low = op.vector(v128.load(x), p, q);
    const high = op.vector(v128.load(x, 16), p, q);
    storePair(y, low, high);
    x += 32;
    y += 32;
  }
  for (; i < last; i++) {
    v128.store_lane<f32>(y, op.vector(v128.load_splat<f32>(x), p, q), 0);
    x += 4;
    y += 4;
  }
}
