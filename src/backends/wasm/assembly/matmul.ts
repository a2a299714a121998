/** Matrix product in float32, batched, either side transposed, bias and activation fused. */

import { Block, BLOCK_BYTES, blockAt, multiplyRows, RELU, STRETCH } from "./micro-kernel-block";
import { packPanels, packPanelsTransposed, transpose } from "./pack";
import { copy, madd } from "./simd";

/** y[b] = activation(op(a[b]) @ op(b[b]) + bias) for every batch; all arrays dense in their last two axes. */
@unmanaged
export class MatMulArgs {
  /** [batches or 1][rows][inner], transposed: [..][inner][rows] */
  a: usize;
  /** [batches or 1][inner][columns], transposed: [..][columns][inner] */
  b: usize;
  /** [columns], or 0 */
  bias: usize;
  /** [batches][rows][columns] */
  y: usize;
  rows: i32;
  columns: i32;
  inner: i32;
  /** float32 from one matrix to the next; 0 repeats the same one */
  aBatchStride: i32;
  bBatchStride: i32;
  transposeA: i32;
  transposeB: i32;
  /** 0 none, 1 relu */
  activation: i32;
  /** One task's part of y; the last ones are smaller. columnsPerTask is a multiple of 16. */
  rowsPerTask: i32;
  columnsPerTask: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

/** float32 between packed rows of the left side: not a power of two, which would crowd a few sets of the cache. */
const LEFT_PITCH: usize = (<usize>STRETCH + 16) << 2;

/**
 * Tasks: batches * ceil(rows / rowsPerTask) * ceil(columns / columnsPerTask), columns fastest.
 * Scratch: 1024 + 8 * R + 1088 * R + 64 * 16 * columnsPerTask bytes, R = min(rows, rowsPerTask).
 *
 * Each task packs what it needs of both sides for one stretch of k at a time; nothing is shared. With hundreds of rows a
 * task the packing of the right side costs 2 %, and with few rows there is only one task for it, so weights are read once.
 */
export function matMul(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulArgs>(args);
  const columnTasks = (g.columns + g.columnsPerTask - 1) / g.columnsPerTask;
  const rowTasks = (g.rows + g.rowsPerTask - 1) / g.rowsPerTask;
  const column = (task % columnTasks) * g.columnsPerTask;
  task /= columnTasks;
  const row = (task % rowTasks) * g.rowsPerTask;
  const batch = <usize>(task / rowTasks);

  const rows = min(g.rowsPerTask, g.rows - row);
  const inner = g.inner;
  const a = g.a + ((batch * <usize>g.aBatchStride) << 2);
  const b = g.b + ((batch * <usize>g.bBatchStride) << 2);
  const aPitch = (<usize>(g.transposeA ? g.rows : inner)) << 2;
  const bPitch = (<usize>(g.transposeB ? inner : g.columns)) << 2;
  const y = g.y + ((batch * <usize>g.rows * <usize>g.columns + <usize>row * <usize>g.columns + <usize>column) << 2);

  const block = blockAt(scratch);
  block.rowCount = rows;
  block.columnCount = min(g.columnsPerTask, g.columns - column);
  block.bias = g.bias ? g.bias + ((<usize>column) << 2) : 0;
  block.mask = 0;
  block.activation = g.activation;
  block.halves = g.tileWidth == 8;
  block.lefts = scratch + BLOCK_BYTES;
  block.outs = block.lefts + ((<usize>rows) << 2);
  const packedLeft = (block.outs + ((<usize>rows) << 2) + 63) & ~63;
  block.panels = packedLeft + <usize>rows * LEFT_PITCH;
  block.runs = changetype<usize>(block) + 1016;
  store<i32>(block.runs, 0);
  block.runCount = 1;

  // Few columns do not repay a copy of the left side, unless its rows crowd the cache.
  const inPlace = !g.transposeA && block.columnCount <= 48 && (aPitch & 1023) != 0;
  for (let r: usize = 0; r < <usize>rows; r++) {
    store<usize>(block.outs + (r << 2), y + r * ((<usize>g.columns) << 2));
    store<usize>(block.lefts + (r << 2), inPlace ? a + (<usize>row + r) * aPitch : packedLeft + r * LEFT_PITCH);
  }

  const stretches = max(1, (inner + STRETCH - 1) / STRETCH);
  const stretch = (inner + stretches - 1) / stretches;
  for (let k = 0; k == 0 || k < inner; k += stretch) {
    const length = min(stretch, inner - k);
    block.runLength = length;
    block.panelPitch = (<usize>length) << 6;
    block.first = k == 0;
    block.last = k + length >= inner;
    const kBytes = (<usize>k) << 2;
    if (inPlace) {
      store<usize>(block.runs, kBytes);
    } else if (g.transposeA) {
      transpose(a + <usize>k * aPitch + ((<usize>row) << 2), aPitch, packedLeft, LEFT_PITCH, length, rows);
    } else {
      for (let r: usize = 0; r < <usize>rows; r++) {
        copy(a + (<usize>row + r) * aPitch + kBytes, packedLeft + r * LEFT_PITCH, length);
      }
    }
    if (g.transposeB) {
      packPanelsTransposed(b + <usize>column * bPitch + kBytes, bPitch, block.panels, block.panelPitch, length, block.columnCount);
    } else {
      packPanels(b + <usize>k * bPitch + ((<usize>column) << 2), bPitch, block.panels, block.panelPitch, length, block.columnCount);
    }
    multiplyRows(block);
    if (length <= 0) break;
  }
}

/** `matMul` for products too small to pack: one task, arguments and results as there (tileWidth and task sizes ignored). */
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
