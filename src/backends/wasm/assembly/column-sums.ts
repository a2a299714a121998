import { BLOCK, flushSums } from "./reduce-sum";
import { storePair, zero } from "./simd";

/**
 * Sums down the columns of a matrix, in two launches: tasks add up chunks of rows, then the chunks' sums are added in
 * order. The chunks depend on the shape alone. At most `BLOCK` terms are added in float32; the rest is float64.
 */

@unmanaged
export class ColumnSumsArgs {
  /** [rows, columns] */
  x: usize;
  /** float64 [chunks, columns] */
  partials: usize;
  /** [columns] for the sums themselves when there is a single chunk, else 0. */
  y: usize;
  rows: i32;
  columns: i32;
  rowsPerChunk: i32;
  columnsPerTask: i32;
}

/**
 * Rows that are added up in registers before they join the sums in scratch memory. Fewer would be faster in the cache,
 * but beyond it processors load ahead only where a stride goes on for long.
 */
export const GROUP: i32 = 64;

/** partials[chunk][c] = sum of x[row][c] over the chunk's rows. Tasks go along the columns first. */
export function columnSums(args: usize, task: i32, scratch: usize): void {
  const a = changetype<ColumnSumsArgs>(args);
  const columns = a.columns;
  const tasksAcross = (columns + a.columnsPerTask - 1) / a.columnsPerTask;
  const chunk = task / tasksAcross;
  const first = (task % tasksAcross) * a.columnsPerTask;
  const width = min(a.columnsPerTask, columns - first);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = (<usize>columns) << 2;
  const x = a.x + <usize>(chunk * a.rowsPerChunk) * pitch + ((<usize>first) << 2);
  const totals = a.partials + ((<usize>chunk * <usize>columns + <usize>first) << 3);
  memory.fill(totals, 0, (<usize>width) << 3);
  zero(scratch, width);
  for (let block = 0; block < rows; block += BLOCK) {
    const end = min(block + BLOCK, rows);
    for (let row = block; row < end; row += GROUP) {
      addRows(x + <usize>row * pitch, min(GROUP, end - row), pitch, scratch, width);
    }
    flushSums(scratch, totals, width);
  }
  if (a.y == 0) return;
  for (let c = 0; c < width; c++) {
    store<f32>(a.y + ((<usize>(first + c)) << 2), <f32>load<f64>(totals + ((<usize>c) << 3)));
  }
}

/** sums[c] += x[row][c] of a few rows, in float32. */
export function addRows(x: usize, rows: i32, pitch: usize, sums: usize, width: i32): void {
  let c = 0;
  for (; c <= width - 8; c += 8, x += 32, sums += 32) {
    let low = v128.load(x);
    let high = v128.load(x, 16);
    let at = x + pitch;
    for (let row = 1; row < rows; row++, at += pitch) {
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
    }
    low = f32x4.add(low, v128.load(sums));
    high = f32x4.add(high, v128.load(sums, 16));
    storePair(sums, low, high);
  }
  for (; c < width; c++, x += 4, sums += 4) {
    let sum = load<f32>(x);
    let at = x + pitch;
    for (let row = 1; row < rows; row++, at += pitch) sum += load<f32>(at);
    store<f32>(sums, load<f32>(sums) + sum);
  }
}

@unmanaged
export class AddPartialsArgs {
  /** float64 [chunks, columns] */
  partials: usize;
  /** [columns] */
  y: usize;
  chunks: i32;
  columns: i32;
  /** multiplies the sums */
  factor: f32;
}

/** Columns that one task adds up. The host's COLUMNS_PER_TASK. */
const COLUMNS_PER_TASK: i32 = 256;

/** y[c] = factor * sum over chunks of partials[chunk][c], in float64. */
export function addPartials(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AddPartialsArgs>(args);
  const pitch = (<usize>a.columns) << 3;
  const last = min((task + 1) * COLUMNS_PER_TASK, a.columns);
  for (let c = task * COLUMNS_PER_TASK; c < last; c++) {
    let at = a.partials + ((<usize>c) << 3);
    let sum: f64 = 0;
    for (let chunk = 0; chunk < a.chunks; chunk++, at += pitch) sum += load<f64>(at);
    store<f32>(a.y + ((<usize>c) << 2), <f32>(sum * <f64>a.factor));
  }
}
