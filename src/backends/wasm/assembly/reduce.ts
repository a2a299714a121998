/**
 * Reductions of [outer, length, inner] along the middle axis, the form into which the host brings every reduction.
 *
 * The axis may be cut into parts, each reduced to a row of its own, [outer, parts, inner], which a second launch reduces.
 * Units of work are (outer, part, block of columns), so that the order of every sum follows from the shape.
 */

@unmanaged
export class ReduceArgs {
  /** [outer, length, inner] */
  x: usize;
  /** [outer, parts, inner] */
  y: usize;
  length: i32;
  inner: i32;
  parts: i32;
  /** Elements of the axis in each part; the last part may have fewer. */
  partLength: i32;
  /** Columns of a unit, at most 256, and how many such blocks a row has. */
  columns: i32;
  columnBlocks: i32;
  units: i32;
  unitsPerTask: i32;
  /** Sums are divided by this: the number of elements for a mean, else 1. */
  divisor: i32;
}

/** How one kind of element is reduced. */
export abstract class Reducer {
  /** `count` elements of `bytes` each, side by side, into one. */
  abstract row(args: ReduceArgs, from: usize, count: i32, to: usize): void;
  /** `count` rows of `width` elements, `pitch` bytes apart, into one. */
  abstract columns(
    args: ReduceArgs,
    from: usize,
    count: i32,
    pitch: usize,
    width: i32,
    to: usize,
    scratch: usize,
  ): void;
}

/** Runs a task's units. `shift`: log2 of an element's bytes in x; `shiftTo`: in y. */
// @ts-ignore: decorator
@inline
export function reduce<R extends Reducer>(args: usize, task: i32, scratch: usize, shift: usize, shiftTo: usize): void {
  const a = changetype<ReduceArgs>(args);
  const first = task * a.unitsPerTask;
  const last = min(first + a.unitsPerTask, a.units);
  const inner = <usize>a.inner;
  let block = first % a.columnBlocks;
  let row = first / a.columnBlocks;
  let part = row % a.parts;
  let outer = row / a.parts;
  for (let unit = first; unit < last; unit++) {
    const column = block * a.columns;
    const begin = part * a.partLength;
    const count = max(min(a.partLength, a.length - begin), 0);
    const from = a.x + (((<usize>outer * <usize>a.length + <usize>begin) * inner + <usize>column) << shift);
    const to = a.y + ((<usize>row * inner + <usize>column) << shiftTo);
    if (a.inner == 1) changetype<R>(0).row(a, from, count, to);
    else changetype<R>(0).columns(a, from, count, inner << shift, min(a.columns, a.inner - column), to, scratch);
    if (++block < a.columnBlocks) continue;
    block = 0;
    row++;
    if (++part < a.parts) continue;
    part = 0;
    outer++;
  }
}

/** A reduction written for one element at a time: T in memory, A while it accumulates. */
export abstract class Fold<T, A> {
  abstract first(): A;
  abstract next(sum: A, x: T): A;
  abstract last(args: ReduceArgs, sum: A): T;
}

export class FoldReducer<F extends Fold<T, A>, T, A> extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    let sum: A = changetype<F>(0).first();
    for (let i = 0; i < count; i++, from += sizeof<T>()) sum = changetype<F>(0).next(sum, load<T>(from));
    store<T>(to, changetype<F>(0).last(args, sum));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    const end = scratch + <usize>width * sizeof<A>();
    for (let sum = scratch; sum < end; sum += sizeof<A>()) store<A>(sum, changetype<F>(0).first());
    for (let i = 0; i < count; i++, from += pitch) {
      let at = from;
      for (let sum = scratch; sum < end; sum += sizeof<A>(), at += sizeof<T>()) {
        store<A>(sum, changetype<F>(0).next(load<A>(sum), load<T>(at)));
      }
    }
    for (let sum = scratch; sum < end; sum += sizeof<A>(), to += sizeof<T>()) {
      store<T>(to, changetype<F>(0).last(args, load<A>(sum)));
    }
  }
}
