import { philox, uniformOf } from "./philox";
import { begin, end } from "./task-range";
import { storePair } from "./simd";

@unmanaged
export class RandomUniformArgs {
  /** float32[n] or i32[n] */
  y: usize;
  n: i32;
  /** address of the run counter, u32 */
  counter: usize;
  key0: u32;
  key1: u32;
  minval: f32;
  /** maxval - minval */
  range: f32;
}

/** y = minval + u * range. Not fused: the same bits as the reference. Scratch: 64 bytes. */
export function randomUniform(args: usize, task: i32, scratch: usize): void {
  const a = changetype<RandomUniformArgs>(args);
  const run = load<u32>(a.counter);
  const last = end(task, a.n);
  let i = begin(task);
  for (; i <= last - 16; i += 16) uniforms(a, a.y + ((<usize>i) << 2), i, run);
  if (i < last) {
    uniforms(a, scratch, i, run);
    memory.copy(a.y + ((<usize>i) << 2), scratch, (<usize>(last - i)) << 2);
  }
}

/** Elements i to i + 15, at `to`. */
// @ts-ignore: decorator
@inline
function uniforms(a: RandomUniformArgs, to: usize, i: i32, run: u32): void {
  const range = f32x4.splat(a.range);
  const minval = f32x4.splat(a.minval);
  philox(to, <u32>i >> 2, run, 0, a.key0, a.key1);
  const y0 = f32x4.add(f32x4.mul(uniformOf(v128.load(to)), range), minval);
  const y1 = f32x4.add(f32x4.mul(uniformOf(v128.load(to, 16)), range), minval);
  const y2 = f32x4.add(f32x4.mul(uniformOf(v128.load(to, 32)), range), minval);
  const y3 = f32x4.add(f32x4.mul(uniformOf(v128.load(to, 48)), range), minval);
  storePair(to, y0, y1);
  storePair(to + 32, y2, y3);
}

@unmanaged
export class RandomIntegersArgs {
  /** i32[n] */
  y: usize;
  n: i32;
  /** address of the run counter, u32 */
  counter: usize;
  key0: u32;
  key1: u32;
  minval: i32;
  /** maxval - minval, up to 2^32 - 1 */
  range: u32;
}

/** y = minval + word mod range. Scratch: 64 bytes. */
export function randomIntegers(args: usize, task: i32, scratch: usize): void {
  const a = changetype<RandomIntegersArgs>(args);
  const run = load<u32>(a.counter);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i += 16) {
    philox(scratch, <u32>i >> 2, run, 0, a.key0, a.key1);
    const count = min(16, last - i);
    for (let j = 0; j < count; j++) {
      const word = load<u32>(scratch + ((<usize>j) << 2));
      store<i32>(a.y + ((<usize>(i + j)) << 2), a.minval + <i32>(word % a.range));
    }
  }
}
