import { reduce, ReduceArgs, Reducer } from "./reduce";
import { Extremum, extremumOf, Largest, Smallest } from "./reduce-extremum";

/** Whether x takes the place of the best so far. A NaN does, unless the best is one. */
abstract class Better<T> {
  abstract is(x: T, best: T): bool;
}

class Larger<T> extends Better<T> {
  is(x: T, best: T): bool {
    if (isFloat<T>()) return x > best || (x != x && best == best);
    return x > best;
  }
}

class Smaller<T> extends Better<T> {
  is(x: T, best: T): bool {
    if (isFloat<T>()) return x < best || (x != x && best == best);
    return x < best;
  }
}

/** Where the best element is, the first of equal ones. The axis has at least one element. */
class ArgReducer<B extends Better<T>, T> extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    let best = load<T>(from);
    let index = 0;
    for (let i = 1; i < count; i++) {
      from += sizeof<T>();
      const x = load<T>(from);
      if (!changetype<B>(0).is(x, best)) continue;
      best = x;
      index = i;
    }
    store<i32>(to, index);
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    searchColumns<B, T>(from, count, pitch, width, to, scratch);
  }
}

/** The same down `width` columns; `scratch` holds the best of each. */
function searchColumns<B extends Better<T>, T>(
  from: usize,
  count: i32,
  pitch: usize,
  width: i32,
  to: usize,
  scratch: usize,
): void {
  memory.copy(scratch, from, <usize>width * sizeof<T>());
  memory.fill(to, 0, (<usize>width) << 2);
  for (let i = 1; i < count; i++) {
    from += pitch;
    for (let c = 0; c < width; c++) {
      const at = <usize>c * sizeof<T>();
      const x = load<T>(from + at);
      if (!changetype<B>(0).is(x, load<T>(scratch + at))) continue;
      store<T>(scratch + at, x);
      store<i32>(to + ((<usize>c) << 2), i);
    }
  }
}

/** Where the first element equal to x is (the first NaN, if x is one); there is one. */
function indexOf(x: f32, from: usize): i32 {
  const wanted = f32x4.splat(x);
  const isNaN = x != x;
  let at = from;
  let found = equals(v128.load(at), wanted, isNaN);
  while (!v128.any_true(found)) {
    at += 16;
    found = equals(v128.load(at), wanted, isNaN);
  }
  return <i32>((at - from) >> 2) + ctz<i32>(i32x4.bitmask(found));
}

// @ts-ignore: decorator
@inline
function equals(x: v128, wanted: v128, isNaN: bool): v128 {
  return isNaN ? f32x4.ne(x, x) : f32x4.eq(x, wanted);
}

/** Rows of float32 in two quick looks: which value, then where. */
class FloatArgReducer<E extends Extremum, B extends Better<f32>> extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    store<i32>(to, indexOf(extremumOf<E>(from, count), from));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    searchColumns<B, f32>(from, count, pitch, width, to, scratch);
  }
}

export function argMaxFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FloatArgReducer<Largest, Larger<f32>>>(args, task, scratch, 2, 2);
}
export function argMaxInt(args: usize, task: i32, scratch: usize): void {
  reduce<ArgReducer<Larger<i32>, i32>>(args, task, scratch, 2, 2);
}
export function argMaxByte(args: usize, task: i32, scratch: usize): void {
  reduce<ArgReducer<Larger<u8>, u8>>(args, task, scratch, 0, 2);
}
export function argMinFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FloatArgReducer<Smallest, Smaller<f32>>>(args, task, scratch, 2, 2);
}
export function argMinInt(args: usize, task: i32, scratch: usize): void {
  reduce<ArgReducer<Smaller<i32>, i32>>(args, task, scratch, 2, 2);
}
export function argMinByte(args: usize, task: i32, scratch: usize): void {
  reduce<ArgReducer<Smaller<u8>, u8>>(args, task, scratch, 0, 2);
}
