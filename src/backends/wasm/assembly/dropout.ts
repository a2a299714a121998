import { philox, uniformOf } from "./philox";
import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class DropoutArgs {
  /** [n] */
  x: usize;
  /** [] probability to keep an element */
  keepProb: usize;
  /** [n] */
  y: usize;
  /** bool[n] */
  kept: usize;
  n: i32;
  /** address of the run counter, u32 */
  counter: usize;
  key0: u32;
  key1: u32;
}

/** y = x / keepProb where the element's number is below keepProb, else 0. Scratch: 64 bytes. */
export function dropout(args: usize, task: i32, scratch: usize): void {
  const a = changetype<DropoutArgs>(args);
  const run = load<u32>(a.counter);
  const keep = load<f32>(a.keepProb);
  const keeps = f32x4.splat(keep);
  const factor: f32 = 1 / keep;
  const factors = f32x4.splat(factor);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 16; i += 16) {
    const x = a.x + ((<usize>i) << 2);
    const y = a.y + ((<usize>i) << 2);
    philox(scratch, <u32>i >> 2, run, 0, a.key0, a.key1);
    const k0 = f32x4.lt(uniformOf(v128.load(scratch)), keeps);
    const k1 = f32x4.lt(uniformOf(v128.load(scratch, 16)), keeps);
    const k2 = f32x4.lt(uniformOf(v128.load(scratch, 32)), keeps);
    const k3 = f32x4.lt(uniformOf(v128.load(scratch, 48)), keeps);
    storePair(y, v128.and(k0, f32x4.mul(v128.load(x), factors)), v128.and(k1, f32x4.mul(v128.load(x, 16), factors)));
    storePair(
      y + 32,
      v128.and(k2, f32x4.mul(v128.load(x, 32), factors)),
      v128.and(k3, f32x4.mul(v128.load(x, 48), factors)),
    );
    const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(k0, k1), i16x8.narrow_i32x4_s(k2, k3));
    v128.store(a.kept + <usize>i, v128.and(bytes, i8x16.splat(1)));
  }
  if (i < last) philox(scratch, <u32>i >> 2, run, 0, a.key0, a.key1);
  for (let at = scratch; i < last; i++, at += 4) {
    const kept = <f32>(load<u32>(at) >> 8) * <f32>5.9604644775390625e-8 < keep;
    store<u8>(a.kept + <usize>i, kept ? 1 : 0);
    store<f32>(a.y + ((<usize>i) << 2), kept ? load<f32>(a.x + ((<usize>i) << 2)) * factor : 0);
  }
}

@unmanaged
export class DropoutGradArgs {
  /** [n] */
  dy: usize;
  /** bool[n] */
  kept: usize;
  /** [] */
  keepProb: usize;
  /** [n]; may be dy. */
  dx: usize;
  n: i32;
}

/** dx = dy / keepProb where the element was kept, else 0. */
export function dropoutGrad(args: usize, task: i32, scratch: usize): void {
  const a = changetype<DropoutGradArgs>(args);
  const factor: f32 = 1 / load<f32>(a.keepProb);
  const factors = f32x4.splat(factor);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 8; i += 8) {
    const at = (<usize>i) << 2;
    const dropped = i16x8.extend_low_i8x16_s(i8x16.eq(v128.load64_zero(a.kept + <usize>i), i8x16.splat(0)));
    const low = v128.andnot(f32x4.mul(v128.load(a.dy + at), factors), i32x4.extend_low_i16x8_s(dropped));
    const high = v128.andnot(f32x4.mul(v128.load(a.dy + at, 16), factors), i32x4.extend_high_i16x8_s(dropped));
    storePair(a.dx + at, low, high);
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    store<f32>(a.dx + at, load<u8>(a.kept + <usize>i) != 0 ? load<f32>(a.dy + at) * factor : 0);
  }
}
