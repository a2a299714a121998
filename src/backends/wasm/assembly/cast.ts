/** Conversions: x is [n] of one dtype, y [n] of another. `Byte` is uint8, and bool where it is read. */

import { begin, end } from "./task-range";
import { map, Unary, UnaryArgs } from "./unary";

class FloatToInt extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return i32x4.trunc_sat_f32x4_s(x);
  }
}

/** Drops the fraction; what does not fit becomes the nearest int32, NaN becomes 0. */
export function castFloatToInt(args: usize, task: i32, scratch: usize): void {
  map<FloatToInt>(args, task);
}

class IntToFloat extends Unary {
  // @ts-ignore: decorator
  @inline
  vector(x: v128, p: v128, q: v128): v128 {
    return f32x4.convert_i32x4_s(x);
  }
}

export function castIntToFloat(args: usize, task: i32, scratch: usize): void {
  map<IntToFloat>(args, task);
}

/** Images on their way in: eight at a time. */
export function castByteToFloat(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const wide = v128.load_ext<u8>(a.x + <usize>i);
    const y = a.y + ((<usize>i) << 2);
    v128.store(y, f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(wide)));
    v128.store(y, f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(wide)), 16);
  }
  for (; i < last; i++) store<f32>(a.y + ((<usize>i) << 2), <f32>load<u8>(a.x + <usize>i));
}

/** Drops the fraction; what does not fit becomes 0 or 255, NaN becomes 0. */
export function castFloatToByte(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) {
    const x = load<f32>(a.x + ((<usize>i) << 2));
    store<u8>(a.y + <usize>i, x > 0 ? (x < 255 ? <u8>x : 255) : 0);
  }
}

/** x is not 0, and so NaN is true. */
export function castFloatToBool(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<u8>(a.y + <usize>i, u8(load<f32>(a.x + ((<usize>i) << 2)) != 0));
}

/** Keeps the low eight bits. */
export function castIntToByte(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<u8>(a.y + <usize>i, <u8>load<i32>(a.x + ((<usize>i) << 2)));
}

export function castIntToBool(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<u8>(a.y + <usize>i, u8(load<i32>(a.x + ((<usize>i) << 2)) != 0));
}

export function castByteToInt(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<i32>(a.y + ((<usize>i) << 2), <i32>load<u8>(a.x + <usize>i));
}

/** y = x, elements of 32 bits. */
export function castWord(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const first = (<usize>begin(task)) << 2;
  memory.copy(a.y + first, a.x + first, ((<usize>end(task, a.n)) << 2) - first);
}

/** y = x, elements of one byte. */
export function castByte(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const first = <usize>begin(task);
  memory.copy(a.y + first, a.x + first, <usize>end(task, a.n) - first);
}

export function castByteToBool(args: usize, task: i32, scratch: usize): void {
  const a = changetype<UnaryArgs>(args);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i++) store<u8>(a.y + <usize>i, u8(load<u8>(a.x + <usize>i) != 0));
}
