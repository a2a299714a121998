import { log4 } from "./log";
import { philox, uniformOf } from "./philox";
import { madd, storePair } from "./simd";
import { begin, end } from "./task-range";

@unmanaged
export class RandomNormalArgs {
  /** [n] */
  y: usize;
  n: i32;
  /** address of the run counter, u32 */
  counter: usize;
  key0: u32;
  key1: u32;
  mean: f32;
  stddev: f32;
}

/** y = mean + stddev * normal. Scratch: 64 bytes. */
export function randomNormal(args: usize, task: i32, scratch: usize): void {
  const a = changetype<RandomNormalArgs>(args);
  const run = load<u32>(a.counter);
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i += 16) {
    normals(scratch, <u32>i >> 2, run, 0, a);
    finish(a, scratch, i, last);
  }
}

/** The same from numbers within two standard deviations: the first attempt of each element that is. Scratch: 128 bytes. */
export function truncatedNormal(args: usize, task: i32, scratch: usize): void {
  const a = changetype<RandomNormalArgs>(args);
  const run = load<u32>(a.counter);
  const again = scratch + 64;
  const last = end(task, a.n);
  for (let i = begin(task); i < last; i += 16) {
    normals(scratch, <u32>i >> 2, run, 0, a);
    let attempt: u32 = 0;
    while (anyOutside(scratch)) {
      normals(again, <u32>i >> 2, run, ++attempt, a);
      for (let at: usize = 0; at < 64; at += 16) {
        const drawn = v128.load(scratch + at);
        v128.store(scratch + at, v128.bitselect(v128.load(again + at), drawn, outside(drawn)));
      }
    }
    finish(a, scratch, i, last);
  }
}

/** Scales the 16 numbers in scratch and writes as many of them as there are elements from i on. */
function finish(a: RandomNormalArgs, scratch: usize, i: i32, last: i32): void {
  const mean = f32x4.splat(a.mean);
  const stddev = f32x4.splat(a.stddev);
  for (let at: usize = 0; at < 64; at += 32) {
    const low = madd(v128.load(scratch + at), stddev, mean);
    const high = madd(v128.load(scratch + at, 16), stddev, mean);
    storePair(scratch + at, low, high);
  }
  memory.copy(a.y + ((<usize>i) << 2), scratch, (<usize>min(16, last - i)) << 2);
}

// @ts-ignore: decorator
@inline
function outside(x: v128): v128 {
  return f32x4.gt(f32x4.abs(x), f32x4.splat(2));
}

function anyOutside(at: usize): bool {
  const first = v128.or(outside(v128.load(at)), outside(v128.load(at, 16)));
  return v128.any_true(v128.or(first, v128.or(outside(v128.load(at, 32)), outside(v128.load(at, 48)))));
}

/** 16 standard normal numbers of the four blocks from `block` on, by Box and Muller's transform. */
function normals(to: usize, block: u32, run: u32, attempt: u32, a: RandomNormalArgs): void {
  philox(to, block, run, attempt, a.key0, a.key1);
  for (let at = to; at < to + 64; at += 32) {
    const words0 = v128.load(at);
    const words1 = v128.load(at, 16);
    const u = uniformOf(v128.shuffle<i32>(words0, words1, 0, 2, 4, 6));
    const turns = uniformOf(v128.shuffle<i32>(words0, words1, 1, 3, 5, 7));
    // 1 - u is exact and above 0.
    const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log4(f32x4.sub(f32x4.splat(1), u))));
    // The angle as quarter turns and a rest within an eighth of a turn, exactly; the rest in radians.
    const quarters = f32x4.mul(turns, f32x4.splat(4));
    const quarter = f32x4.nearest(quarters);
    const angle = f32x4.mul(f32x4.sub(quarters, quarter), f32x4.splat(1.57079632679489662));
    const square = f32x4.mul(angle, angle);
    const sine = sineOf(angle, square);
    const cosine = cosineOf(square);
    // An odd number of quarters exchanges the two; then the signs.
    const q = i32x4.trunc_sat_f32x4_s(quarter);
    const odd = i32x4.eq(v128.and(q, i32x4.splat(1)), i32x4.splat(1));
    const cosineSign = i32x4.shl(v128.and(i32x4.add(q, i32x4.splat(1)), i32x4.splat(2)), 30);
    const sineSign = i32x4.shl(v128.and(q, i32x4.splat(2)), 30);
    const x = f32x4.mul(radius, v128.xor(v128.bitselect(sine, cosine, odd), cosineSign));
    const y = f32x4.mul(radius, v128.xor(v128.bitselect(cosine, sine, odd), sineSign));
    v128.store(at, v128.shuffle<i32>(x, y, 0, 4, 1, 5));
    v128.store(at, v128.shuffle<i32>(x, y, 2, 6, 3, 7), 16);
  }
}

/** sin x for |x| <= π/4. Polynomial of Cephes' sinf. */
// @ts-ignore: decorator
@inline
function sineOf(x: v128, square: v128): v128 {
  let p = madd(f32x4.splat(-1.9515295891e-4), square, f32x4.splat(8.3321608736e-3));
  p = madd(p, square, f32x4.splat(-1.6666654611e-1));
  return madd(f32x4.mul(p, square), x, x);
}

/** cos x for |x| <= π/4. Polynomial of Cephes' cosf. */
// @ts-ignore: decorator
@inline
function cosineOf(square: v128): v128 {
  let p = madd(f32x4.splat(2.443315711809948e-5), square, f32x4.splat(-1.388731625493765e-3));
  p = madd(p, square, f32x4.splat(4.166664568298827e-2));
  const rest = f32x4.mul(f32x4.mul(p, square), square);
  return f32x4.add(f32x4.sub(f32x4.splat(1), f32x4.mul(square, f32x4.splat(0.5))), rest);
}
