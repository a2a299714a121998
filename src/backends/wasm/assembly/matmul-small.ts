/** Matrix products that do not repay packing: tiny ones, and few rows by a large matrix, which is bound by reading it. */

import { RELU } from "./micro-kernel-block";
import { MatMulArgs } from "./matmul";
import { copy, madd, storePair, zero } from "./simd";

/** Any product by plain loops. Tasks: batch. No scratch; splits is 1; panels and the task sizes are ignored. */
export function matMulTiny(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulArgs>(args);
  const aStep: usize = g.transposeA ? (<usize>g.rows) << 2 : 4;
  const aPitch: usize = g.transposeA ? 4 : (<usize>g.inner) << 2;
  const bStep: usize = g.transposeB ? 4 : (<usize>g.columns) << 2;
  const bPitch: usize = g.transposeB ? (<usize>g.inner) << 2 : 4;
  const floor: f32 = g.activation == RELU ? 0 : -Infinity;
  const batch = <usize>task;
  const b = g.b + ((batch * <usize>g.bBatchStride) << 2);
  let row = g.a + ((batch * <usize>g.aBatchStride) << 2);
  let y = g.y + ((batch * <usize>g.rows * <usize>g.columns) << 2);
  for (let r = 0; r < g.rows; r++, row += aPitch) {
    let column = 0;
    for (; !g.transposeB && column <= g.columns - 4; column += 4, y += 16) {
      let sum = g.bias ? v128.load(g.bias + ((<usize>column) << 2)) : f32x4.splat(0);
      let x = row;
      let w = b + ((<usize>column) << 2);
      for (let k = 0; k < g.inner; k++, x += aStep, w += bStep) sum = madd(v128.load32_splat(x), v128.load(w), sum);
      v128.store(y, f32x4.pmax(sum, f32x4.splat(floor)));
    }
    for (; column < g.columns; column++, y += 4) {
      let sum: f32 = g.bias ? load<f32>(g.bias + ((<usize>column) << 2)) : 0;
      let x = row;
      let w = b + <usize>column * bPitch;
      for (let k = 0; k < g.inner; k++, x += aStep, w += bStep) sum += load<f32>(x) * load<f32>(w);
      store<f32>(y, sum < floor ? floor : sum);
    }
  }
}

/**
 * A few rows (one to four, say) by a matrix as it lies in memory: y[r] += a[r][k] * b[k], four rows of b at a time.
 * transposeA and transposeB are 0. Tasks: splits * batch, batch fastest; panels and the task sizes are ignored. No scratch.
 */
export function matMulSkinny(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulArgs>(args);
  const columns = g.columns;
  const batch = <usize>(task % g.batch);
  const split = task / g.batch;
  const begin = <i32>((<i64>g.inner * split) / g.splits);
  const end = <i32>((<i64>g.inner * (split + 1)) / g.splits);
  const pitch = (<usize>columns) << 2;
  const a = g.a + ((batch * <usize>g.aBatchStride) << 2);
  const b = g.b + ((batch * <usize>g.bBatchStride) << 2);
  const y = g.y + <usize>task * <usize>g.rows * pitch;
  for (let r = 0; r < g.rows; r++) {
    if (g.bias) copy(g.bias, y + <usize>r * pitch, columns);
    else zero(y + <usize>r * pitch, columns);
  }
  let k = begin;
  for (; k <= end - 4; k += 4) {
    for (let r = 0; r < g.rows; r++) {
      addRows(a + ((<usize>(r * g.inner + k)) << 2), b + <usize>k * pitch, pitch, y + <usize>r * pitch, columns);
    }
  }
  for (; k < end; k++) {
    for (let r = 0; r < g.rows; r++) {
      const x = load<f32>(a + ((<usize>(r * g.inner + k)) << 2));
      let w = b + <usize>k * pitch;
      let out = y + <usize>r * pitch;
      for (let c = 0; c < columns; c++, w += 4, out += 4) store<f32>(out, load<f32>(out) + x * load<f32>(w));
    }
  }
  if (g.activation == RELU) {
    let out = y;
    for (let i = g.rows * columns; i > 0; i--, out += 4) if (load<f32>(out) < 0) store<f32>(out, 0);
  }
}

/** out[c] += x[0] b[0][c] + x[1] b[1][c] + x[2] b[2][c] + x[3] b[3][c]; pitch in bytes. */
function addRows(x: usize, b: usize, pitch: usize, out: usize, columns: i32): void {
  const factors = new StaticArray<v128>(4);
  const rows = new StaticArray<usize>(4);
  for (const k of [0, 1, 2, 3]) {
    factors[k] = v128.load32_splat(x, k * 4);
    rows[k] = b + pitch * k;
  }
  let c = 0;
  for (; c <= columns - 8; c += 8, out += 32) {
    let low = v128.load(out);
    let high = v128.load(out, 16);
    for (const k of [0, 1, 2, 3]) {
      low = madd(factors[k], v128.load(rows[k]), low);
      high = madd(factors[k], v128.load(rows[k], 16), high);
      rows[k] += 32;
    }
    storePair(out, low, high);
  }
  for (; c < columns; c++, out += 4) {
    let sum = load<f32>(out);
    for (const k of [0, 1, 2, 3]) {
      sum += load<f32>(x, k * 4) * load<f32>(rows[k]);
      rows[k] += 4;
    }
    store<f32>(out, sum);
  }
}

/**
 * A few rows by a transposed matrix: each result is the product of two contiguous rows. transposeA is 0, transposeB 1, splits 1.
 * Tasks: batch * ceil(columns / columnsPerTask), columns fastest. No scratch.
 */
export function matMulSkinnyTransposed(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulArgs>(args);
  const columnTasks = (g.columns + g.columnsPerTask - 1) / g.columnsPerTask;
  const column = (task % columnTasks) * g.columnsPerTask;
  const batch = <usize>(task / columnTasks);
  const end = min(column + g.columnsPerTask, g.columns);
  const a = g.a + ((batch * <usize>g.aBatchStride) << 2);
  const b = g.b + ((batch * <usize>g.bBatchStride) << 2);
  const y = g.y + ((batch * <usize>g.rows * <usize>g.columns) << 2);
  const pitch = (<usize>g.inner) << 2;
  for (let c = column; c < end; c++) {
    const bias: f32 = g.bias ? load<f32>(g.bias + ((<usize>c) << 2)) : 0;
    for (let r = 0; r < g.rows; r++) {
      let sum = bias + dot(a + <usize>r * pitch, b + <usize>c * pitch, g.inner);
      if (g.activation == RELU && sum < 0) sum = 0;
      store<f32>(y + ((<usize>(r * g.columns + c)) << 2), sum);
    }
  }
}

/** Sum of a[i] * b[i], in 32 chains that are added pairwise. */
function dot(a: usize, b: usize, count: i32): f32 {
  const chains = new StaticArray<v128>(8);
  let i = 0;
  for (; i <= count - 32; i += 32, a += 128, b += 128) {
    for (const k of [0, 1, 2, 3, 4, 5, 6, 7]) chains[k] = madd(v128.load(a, k * 16), v128.load(b, k * 16), chains[k]);
  }
  for (const k of [0, 1, 2, 3]) chains[k] = f32x4.add(chains[k], chains[k + 4]);
  const s = f32x4.add(f32x4.add(chains[0], chains[2]), f32x4.add(chains[1], chains[3]));
  let sum = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  for (; i < count; i++, a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

@unmanaged
export class MatMulSumArgs {
  /** [splits][rows][columns]; rows of all matrices of the batch */
  parts: usize;
  /** [columns], or 0 */
  bias: usize;
  /** [rows][columns] */
  y: usize;
  rows: i32;
  columns: i32;
  splits: i32;
  /** 0 none, 1 relu */
  activation: i32;
}

/** y = activation(sum of the parts, first to last, + bias). Tasks: rows. No scratch. */
export function matMulSum(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulSumArgs>(args);
  const pitch = (<usize>g.columns) << 2;
  const partPitch = <usize>g.rows * pitch;
  const floor: f32 = g.activation == RELU ? 0 : -Infinity;
  let part = g.parts + <usize>task * pitch;
  let y = g.y + <usize>task * pitch;
  let bias = g.bias;
  let c = 0;
  for (; c <= g.columns - 8; c += 8, part += 32, y += 32) {
    let low = v128.load(part);
    let high = v128.load(part, 16);
    for (let s = 1, at = part + partPitch; s < g.splits; s++, at += partPitch) {
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
    }
    if (bias) {
      low = f32x4.add(low, v128.load(bias));
      high = f32x4.add(high, v128.load(bias, 16));
      bias += 32;
    }
    storePair(y, f32x4.pmax(low, f32x4.splat(floor)), f32x4.pmax(high, f32x4.splat(floor)));
  }
  for (; c < g.columns; c++, part += 4, y += 4) {
    let sum = load<f32>(part);
    for (let s = 1, at = part + partPitch; s < g.splits; s++, at += partPitch) sum += load<f32>(at);
    if (bias) {
      sum += load<f32>(bias);
      bias += 4;
    }
    store<f32>(y, sum < floor ? floor : sum);
  }
}
