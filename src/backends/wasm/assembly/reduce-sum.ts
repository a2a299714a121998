import { Fold, FoldReducer, reduce, ReduceArgs, Reducer } from "./reduce";
import { storePair } from "./simd";

/**
 * Elements added up in float32 before they join a float64 total, for each of a row's 32 lanes or for each column: errors
 * grow with this, not with the length, and the float64 additions cost next to nothing.
 */
export const BLOCK: i32 = 64;

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
    const sums = new StaticArray<v128>(8);
    for (let step = 0; step < steps; step++, from += 128) {
      for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) sums[k] = f32x4.add(sums[k], v128.load(from, k * 16));
    }
    const low = f32x4.add(f32x4.add(sums[0], sums[2]), f32x4.add(sums[4], sums[6]));
    const high = f32x4.add(f32x4.add(sums[1], sums[3]), f32x4.add(sums[5], sums[7]));
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
  storePair(to, f64x2.add(v128.load(to), low), f64x2.add(v128.load(to, 16), high));
}

/** sums[c] += row[c]: along whole rows, and not down strips of columns, because memory is fast that way. */
function addRow(row: usize, sums: usize, width: i32): void {
  let c = 0;
  for (; c <= width - 8; c += 8, row += 32, sums += 32) {
    const low = f32x4.add(v128.load(sums), v128.load(row));
    const high = f32x4.add(v128.load(sums, 16), v128.load(row, 16));
    storePair(sums, low, high);
  }
  for (; c < width; c++, row += 4, sums += 4) store<f32>(sums, load<f32>(sums) + load<f32>(row));
}

/** Moves float32 sums over to the float64 totals. */
export function flushSums(sums: usize, totals: usize, width: i32): void {
  let c = 0;
  for (; c <= width - 4; c += 4, sums += 16, totals += 32) {
    flush(totals, v128.load(sums));
    v128.store(sums, f32x4.splat(0));
  }
  for (; c < width; c++, sums += 4, totals += 8) {
    store<f64>(totals, load<f64>(totals) + <f64>load<f32>(sums));
    store<f32>(sums, 0);
  }
}

class FloatSum extends Reducer {
  row(args: ReduceArgs, from: usize, count: i32, to: usize): void {
    store<f32>(to, <f32>(sumRow(from, count) / <f64>args.divisor));
  }

  columns(args: ReduceArgs, from: usize, count: i32, pitch: usize, width: i32, to: usize, scratch: usize): void {
    const totals = scratch;
    const sums = scratch + ((<usize>width) << 3);
    memory.fill(scratch, 0, <usize>width * 12);
    while (count > 0) {
      const rows = min(count, BLOCK);
      for (let row = 0; row < rows; row++, from += pitch) addRow(from, sums, width);
      flushSums(sums, totals, width);
      count -= rows;
    }
    const divisor = <f64>args.divisor;
    for (let c = 0; c < width; c++) {
      store<f32>(to + ((<usize>c) << 2), <f32>(load<f64>(totals + ((<usize>c) << 3)) / divisor));
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
