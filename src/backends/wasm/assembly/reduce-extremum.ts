import { Fold, FoldReducer, reduce, ReduceArgs, Reducer } from "./reduce";
import { storePair } from "./simd";

/** Largest or smallest. Both of f32x4's keep a NaN. */
export abstract class Extremum {
  abstract worst(): f32;
  abstract scalar(a: f32, b: f32): f32;
  abstract vector(a: v128, b: v128): v128;
}

export class Largest extends Extremum {
  worst(): f32 {
    return -Infinity;
  }
  scalar(a: f32, b: f32): f32 {
    return max<f32>(a, b);
  }
  vector(a: v128, b: v128): v128 {
    return f32x4.max(a, b);
  }
}

export class Smallest extends Extremum {
  worst(): f32 {
    return Infinity;
  }
  scalar(a: f32, b: f32): f32 {
    return min<f32>(a, b);
  }
  vector(a: v128, b: v128): v128 {
    return f32x4.min(a, b);
  }
}

/** The extremum of `count` float32. */
export function extremumOf<E extends Extremum>(from: usize, count: i32): f32 {
  const op = changetype<E>(0);
  let a = f32x4.splat(op.worst());
  let b = a;
  let c = a;
  let d = a;
  let i = 0;
  for (; i <= count - 16; i += 16, from += 64) {
    a = op.vector(a, v128.load(from));
    b = op.vector(b, v128.load(from, 16));
    c = op.vector(c, v128.load(from, 32));
    d = op.vector(d, v128.load(from, 48));
  }
  const all = op.vector(op.vector(a, c), op.vector(b, d));
  let best = op.scalar(
    op.scalar(f32x4.extract_lane(all, 0), f32x4.extract_lane(all, 1)),
    op.scalar(f32x4.extract_lane(all, 2), f32x4.extract_lane(all, 3)),
  );
  for (; i < count; i++, from += 4) best = op.scalar(best, load<f32>(from));
  return best;
}

class FloatExtremum<E extends Extremum> extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    store<f32>(to, extremumOf<E>(from, count));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    const op = changetype<E>(0);
    for (let c = 0; c < width; c++) store<f32>(to + ((<usize>c) << 2), op.worst());
    for (let row = 0; row < count; row++, from += pitch) takeRow<E>(from, to, width);
  }
}

/** best[c] = the better of best[c] and row[c]. */
function takeRow<E extends Extremum>(row: usize, best: usize, width: i32): void {
  const op = changetype<E>(0);
  let c = 0;
  for (; c <= width - 8; c += 8, row += 32, best += 32) {
    const low = op.vector(v128.load(best), v128.load(row));
    const high = op.vector(v128.load(best, 16), v128.load(row, 16));
    storePair(best, low, high);
  }
  for (; c < width; c++, row += 4, best += 4) store<f32>(best, op.scalar(load<f32>(best), load<f32>(row)));
}

class LargestOf<T> extends Fold<T, T> {
  first(): T {
    return isSigned<T>() ? <T>i32.MIN_VALUE : <T>0;
  }
  next(best: T, x: T): T {
    return x > best ? x : best;
  }
  last(args: ReduceArgs, best: T): T {
    return best;
  }
}

class SmallestOf<T> extends Fold<T, T> {
  first(): T {
    return isSigned<T>() ? <T>i32.MAX_VALUE : <T>255;
  }
  next(best: T, x: T): T {
    return x < best ? x : best;
  }
  last(args: ReduceArgs, best: T): T {
    return best;
  }
}

export function maxFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FloatExtremum<Largest>>(args, task, scratch, 2, 2);
}
export function minFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FloatExtremum<Smallest>>(args, task, scratch, 2, 2);
}
export function maxInt(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<LargestOf<i32>, i32, i32>>(args, task, scratch, 2, 2);
}
export function minInt(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<SmallestOf<i32>, i32, i32>>(args, task, scratch, 2, 2);
}
/** Also of bool: whether any is true. */
export function maxByte(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<LargestOf<u8>, u8, u8>>(args, task, scratch, 0, 0);
}
export function minByte(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<SmallestOf<u8>, u8, u8>>(args, task, scratch, 0, 0);
}
/** Whether all are true; true of none. */
export function allByte(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<AllTrue, u8, u8>>(args, task, scratch, 0, 0);
}

class AllTrue extends Fold<u8, u8> {
  first(): u8 {
    return 1;
  }
  next(all: u8, x: u8): u8 {
    return all & x;
  }
  last(args: ReduceArgs, all: u8): u8 {
    return all;
  }
}
