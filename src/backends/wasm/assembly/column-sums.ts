/**
 * Sums down the columns of a matrix, in two launches: tasks add up chunks of rows, then the chunks' sums are added in
 * order. The chunks depend on the shape alone, and are short enough for float32.
 */

@unmanaged
export class ColumnSumsArgs {
  /** [rows, columns] */
  x: usize;
  /** [chunks, columns] */
  partials: usize;
  rows: i32;
  columns: i32;
  rowsPerChunk: i32;
  columnsPerTask: i32;
}

/** partials[chunk][c] = sum of x[row][c] over the chunk's rows. Tasks go along the columns first. */
export function columnSums(args: usize, task: i32, scratch: usize): void {
  const a = changetype<ColumnSumsArgs>(args);
  const columns = a.columns;
  const tasksAcross = (columns + a.columnsPerTask - 1) / a.columnsPerTask;
  const chunk = task / tasksAcross;
  const firstColumn = (task % tasksAcross) * a.columnsPerTask;
  const lastColumn = min(firstColumn + a.columnsPerTask, columns);
  const rows = min(a.rowsPerChunk, a.rows - chunk * a.rowsPerChunk);
  const pitch = <usize>columns << 2;
  const x = a.x + <usize>(chunk * a.rowsPerChunk) * pitch;
  const to = a.partials + <usize>chunk * pitch;
  let c = firstColumn;
  for (; c <= lastColumn - 32; c += 32) sumStrip32(x + (<usize>c << 2), to + (<usize>c << 2), rows, pitch);
  for (; c <= lastColumn - 8; c += 8) sumStrip8(x + (<usize>c << 2), to + (<usize>c << 2), rows, pitch);
  for (; c < lastColumn; c++) {
    let sum: f32 = 0;
    let at = x + (<usize>c << 2);
    for (let row = 0; row < rows; row++, at += pitch) sum += load<f32>(at);
    store<f32>(to + (<usize>c << 2), sum);
  }
}

/** 32 columns at once: eight sums in registers. */
function sumStrip32(at: usize, to: usize, rows: i32, pitch: usize): void {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  let e = f32x4.splat(0);
  let f = f32x4.splat(0);
  let g = f32x4.splat(0);
  let h = f32x4.splat(0);
  for (let row = 0; row < rows; row++, at += pitch) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at, 16));
    c = f32x4.add(c, v128.load(at, 32));
    d = f32x4.add(d, v128.load(at, 48));
    e = f32x4.add(e, v128.load(at, 64));
    f = f32x4.add(f, v128.load(at, 80));
    g = f32x4.add(g, v128.load(at, 96));
    h = f32x4.add(h, v128.load(at, 112));
  }
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
  v128.store(to, d, 48);
  v128.store(to, e, 64);
  v128.store(to, f, 80);
  v128.store(to, g, 96);
  v128.store(to, h, 112);
}

function sumStrip8(at: usize, to: usize, rows: i32, pitch: usize): void {
  let low = f32x4.splat(0);
  let high = f32x4.splat(0);
  for (let row = 0; row < rows; row++, at += pitch) {
    low = f32x4.add(low, v128.load(at));
    high = f32x4.add(high, v128.load(at, 16));
  }
  v128.store(to, low);
  v128.store(to, high, 16);
}

@unmanaged
export class AddPartialsArgs {
  /** [chunks][pitch], of which the first `columns` count */
  partials: usize;
  /** [columns] */
  y: usize;
  chunks: i32;
  columns: i32;
  /** float32 from chunk to chunk */
  pitch: i32;
  /** multiplies the sums */
  factor: f32;
}

/** Columns that one task adds up. The host's COLUMNS_PER_TASK. */
const COLUMNS_PER_TASK: i32 = 256;

/** y[c] = factor * sum over chunks of partials[chunk][c], in float64: there may be thousands. */
export function addPartials(args: usize, task: i32, scratch: usize): void {
  const a = changetype<AddPartialsArgs>(args);
  const pitch = <usize>a.pitch << 2;
  const last = min((task + 1) * COLUMNS_PER_TASK, a.columns);
  for (let c = task * COLUMNS_PER_TASK; c < last; c++) {
    let at = a.partials + (<usize>c << 2);
    let sum: f64 = 0;
    for (let chunk = 0; chunk < a.chunks; chunk++, at += pitch) sum += <f64>load<f32>(at);
    store<f32>(a.y + (<usize>c << 2), <f32>(sum * <f64>a.factor));
  }
}
