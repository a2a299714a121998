import { Fold, FoldReducer, reduce, ReduceArgs, Reducer } from "./reduce";

/**
 * Elements added up in float32 before they join a float64 total, for each of a row's 32 lanes or for each column: errors
 * grow with this, not with the length, and the float64 additions cost one part in 32 or 64.
 */
const BLOCK: i32 = 64;

/** The four lanes, added in float64. */
// @ts-ignore: decorator
@inline
function lanes(x: v128): f64 {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** The sum of `count` float32. */
export function sumRow(from: usize, count: i32): f64 {
  let total: f64 = 0;
  while (count >= 32) {
    const steps = min(count >> 5, BLOCK);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    for (let step = 0; step < steps; step++, from += 128) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
      e = f32x4.add(e, v128.load(from, 64));
      f = f32x4.add(f, v128.load(from, 80));
      g = f32x4.add(g, v128.load(from, 96));
      h = f32x4.add(h, v128.load(from, 112));
    }
    const low = f32x4.add(f32x4.add(a, c), f32x4.add(e, g));
    const high = f32x4.add(f32x4.add(b, d), f32x4.add(f, h));
    total += lanes(low) + lanes(high);
    count -= steps << 5;
  }
  for (; count > 0; count--, from += 4) total += <f64>load<f32>(from);
  return total;
}

/** Adds four float32 to four float64 at `to`. */
// @ts-ignore: decorator
@inline
function flush(to: usize, x: v128): void {
  const low = f64x2.promote_low_f32x4(x);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  v128.store(to, f64x2.add(v128.load(to), low));
  v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
}

/** Adds `count` rows of 32 columns to 32 float64 at `totals`. */
function sumStrip32(from: usize, count: i32, pitch: usize, totals: usize): void {
  while (count > 0) {
    const rows = min(count, BLOCK);
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let e = f32x4.splat(0);
    let f = f32x4.splat(0);
    let g = f32x4.splat(0);
    let h = f32x4.splat(0);
    for (let row = 0; row < rows; row++, from += pitch) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
      e = f32x4.add(e, v128.load(from, 64));
      f = f32x4.add(f, v128.load(from, 80));
      g = f32x4.add(g, v128.load(from, 96));
      h = f32x4.add(h, v128.load(from, 112));
    }
    flush(totals, a);
    flush(totals + 32, b);
    flush(totals + 64, c);
    flush(totals + 96, d);
    flush(totals + 128, e);
    flush(totals + 160, f);
    flush(totals + 192, g);
    flush(totals + 224, h);
    count -= rows;
  }
}

/** Adds `count` rows of 4 columns to 4 float64 at `totals`. */
function sumStrip4(from: usize, count: i32, pitch: usize, totals: usize): void {
  while (count > 0) {
    const rows = min(count, BLOCK);
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++, from += pitch) sum = f32x4.add(sum, v128.load(from));
    flush(totals, sum);
    count -= rows;
  }
}

class FloatSum extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    store<f32>(to, <f32>(sumRow(from, count) / <f64>args.divisor));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    memory.fill(scratch, 0, <usize>width << 3);
    let c = 0;
    for (; c <= width - 32; c += 32) sumStrip32(from + (<usize>c << 2), count, pitch, scratch + (<usize>c << 3));
    for (; c <= width - 4; c += 4) sumStrip4(from + (<usize>c << 2), count, pitch, scratch + (<usize>c << 3));
    for (; c < width; c++) {
      let sum: f64 = 0;
      let at = from + (<usize>c << 2);
      for (let row = 0; row < count; row++, at += pitch) sum += <f64>load<f32>(at);
      store<f64>(scratch + (<usize>c << 3), sum);
    }
    const divisor = <f64>args.divisor;
    for (c = 0; c < width; c++) {
      store<f32>(to + (<usize>c << 2), <f32>(load<f64>(scratch + (<usize>c << 3)) / divisor));
    }
  }
}

class IntSum extends Fold<i32, i32> {
  first(): i32 {
    return 0;
  }
  next(sum: i32, x: i32): i32 {
    return sum + x;
  }
  last(args: ReduceArgs, sum: i32): i32 {
    return sum;
  }
}

export function sumFloat(args: usize, task: i32, scratch: usize): void {
  reduce<FloatSum>(args, task, scratch, 2, 2);
}

export function sumInt(args: usize, task: i32, scratch: usize): void {
  reduce<FoldReducer<IntSum, i32, i32>>(args, task, scratch, 2, 2);
}
