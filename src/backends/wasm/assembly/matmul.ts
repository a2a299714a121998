/** Matrix product in float32, batched, either side transposed, bias and activation fused. */

import { BLOCK_BYTES, blockAt, multiplyPacked, multiplyRows } from "./micro-kernel-block";
import { PANEL, TILE_ROWS } from "./micro-kernel";
import { packPanels, packPanelsTransposed } from "./pack";
import { packTiles, packTilesTransposed, tilePitchOf } from "./pack-tiles";

/** y[i] = activation(op(a[i]) @ op(b[i]) + bias) for every matrix i of the batch; matrices are dense, batches may repeat. */
@unmanaged
export class MatMulArgs {
  /** [batch or 1][rows][inner], transposed: [..][inner][rows] */
  a: usize;
  /** [batch or 1][inner][columns], transposed: [..][columns][inner] */
  b: usize;
  /** What `matMulPack` made of b, [batch or 1][ceil(columns / 16)][inner][16]; 0: each task packs its part of b by itself */
  panels: usize;
  /** [columns], or 0; must be 0 when splits > 1 */
  bias: usize;
  /** [splits][batch][rows][columns]: the result itself when splits is 1 */
  y: usize;
  batch: i32;
  rows: i32;
  columns: i32;
  inner: i32;
  /** float32 from one matrix to the next; 0 repeats the same one */
  aBatchStride: i32;
  bBatchStride: i32;
  transposeA: i32;
  transposeB: i32;
  /** 0 none, 1 relu; must be 0 when splits > 1 */
  activation: i32;
  /** One task's part of y; the last ones are smaller. columnsPerTask is a multiple of 16. */
  rowsPerTask: i32;
  columnsPerTask: i32;
  /** Parts of the sum over inner, each with a result of its own. */
  splits: i32;
  /** Steps of inner that are packed and multiplied at a time. */
  stretch: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

/** One line, so that the starts of rows and panels spread over the sets of the cache. */
const SPREAD: usize = 64;

/** Bytes from one panel of `panels` to the next: an odd number of lines as well. */
// @ts-ignore: decorator
@inline
function panelPitchOf(inner: i32): usize {
  return (<usize>(inner | 1)) << 6;
}

/**
 * Tasks: splits * batch * ceil(rows / rowsPerTask) * ceil(columns / columnsPerTask), columns fastest.
 * Scratch, with R = min(rows, rowsPerTask), N = min(columns rounded up to 16, columnsPerTask):
 * 1024 + 8 * R + 64 + ceil(R / 6) * (24 * stretch + 128) bytes, and without `panels` (4 * stretch + 4) * N more.
 */
export function matMul(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulArgs>(args);
  const columnTasks = (g.columns + g.columnsPerTask - 1) / g.columnsPerTask;
  const rowTasks = (g.rows + g.rowsPerTask - 1) / g.rowsPerTask;
  const column = (task % columnTasks) * g.columnsPerTask;
  task /= columnTasks;
  const row = (task % rowTasks) * g.rowsPerTask;
  task /= rowTasks;
  const batch = <usize>(task % g.batch);
  const split = task / g.batch;

  const rows = min(g.rowsPerTask, g.rows - row);
  const inner = g.inner;
  const a = g.a + ((batch * <usize>g.aBatchStride) << 2);
  const b = g.b + ((batch * <usize>g.bBatchStride) << 2);
  const aPitch = (<usize>(g.transposeA ? g.rows : inner)) << 2;
  const bPitch = (<usize>(g.transposeB ? inner : g.columns)) << 2;
  const yPitch = (<usize>g.columns) << 2;
  const columnBytes = (<usize>column) << 2;
  const y = g.y + (<usize>task * <usize>g.rows + <usize>row) * yPitch + columnBytes;

  const block = blockAt(scratch);
  block.rowCount = rows;
  block.columnCount = min(g.columnsPerTask, g.columns - column);
  block.bias = g.bias ? g.bias + columnBytes : 0;
  block.mask = 0;
  block.activation = g.activation;
  block.halves = g.tileWidth == 8;
  block.lefts = scratch + BLOCK_BYTES;
  block.outs = block.lefts + ((<usize>rows) << 2);
  const packedLeft = (block.outs + ((<usize>rows) << 2) + 63) & ~63;
  const packedRight = packedLeft + <usize>((rows + TILE_ROWS - 1) / TILE_ROWS) * tilePitchOf(g.stretch);
  block.runs = scratch + BLOCK_BYTES - 8;
  store<i32>(block.runs, 0);
  block.runCount = 1;

  // Few columns do not repay a copy of the left side, unless its rows crowd the cache.
  const inPlace = !g.transposeA && block.columnCount <= 48 && (aPitch & 1023) != 0;
  for (let r: usize = 0; r < <usize>rows; r++) {
    store<usize>(block.outs + (r << 2), y + r * yPitch);
    if (inPlace) store<usize>(block.lefts + (r << 2), a + (<usize>row + r) * aPitch);
  }
  if (!inPlace) block.lefts = packedLeft;

  const begin = <i32>((<i64>inner * split) / g.splits);
  const end = <i32>((<i64>inner * (split + 1)) / g.splits);
  const stretches = max(1, (end - begin + g.stretch - 1) / g.stretch);
  const stretch = (end - begin + stretches - 1) / stretches;
  let k = begin;
  do {
    const length = min(stretch, end - k);
    const kBytes = (<usize>k) << 2;
    block.runLength = length;
    block.first = k == begin;
    block.last = k + length >= end;
    if (inPlace) {
      store<usize>(block.runs, kBytes);
    } else {
      block.tilePitch = tilePitchOf(length);
      if (g.transposeA)
        packTilesTransposed(a + <usize>k * aPitch + ((<usize>row) << 2), aPitch, packedLeft, length, rows);
      else packTiles(a + <usize>row * aPitch + kBytes, aPitch, packedLeft, length, rows);
    }
    if (g.panels) {
      const matrixPanels = <usize>((g.columns + PANEL - 1) / PANEL);
      const matrix = g.bBatchStride ? batch : 0;
      block.panelPitch = panelPitchOf(inner);
      block.panels =
        g.panels + (matrix * matrixPanels + <usize>(column / PANEL)) * block.panelPitch + ((<usize>k) << 6);
    } else {
      block.panelPitch = ((<usize>length) << 6) + SPREAD;
      block.panels = packedRight;
      if (g.transposeB) {
        const from = b + <usize>column * bPitch + kBytes;
        packPanelsTransposed(from, bPitch, packedRight, block.panelPitch, length, block.columnCount);
      } else {
        packPanels(
          b + <usize>k * bPitch + columnBytes,
          bPitch,
          packedRight,
          block.panelPitch,
          length,
          block.columnCount,
        );
      }
    }
    if (inPlace) multiplyRows(block);
    else multiplyPacked(block);
    k += length;
  } while (k < end);
}

/** Packs the right side once for many tasks of `matMul`; arguments and meanings as there. */
@unmanaged
export class MatMulPackArgs {
  b: usize;
  panels: usize;
  columns: i32;
  inner: i32;
  bBatchStride: i32;
  transposeB: i32;
}

/** Steps of inner that a task packs. */
const PACK_STEPS: i32 = 64;

/** Tasks: (bBatchStride ? batch : 1) * ceil(inner / 64). No scratch. */
export function matMulPack(args: usize, task: i32, scratch: usize): void {
  const g = changetype<MatMulPackArgs>(args);
  const parts = (g.inner + PACK_STEPS - 1) / PACK_STEPS;
  const matrix = <usize>(task / parts);
  const k = (task % parts) * PACK_STEPS;
  const steps = min(PACK_STEPS, g.inner - k);
  const b = g.b + ((matrix * <usize>g.bBatchStride) << 2);
  const panelPitch = panelPitchOf(g.inner);
  const to = g.panels + matrix * <usize>((g.columns + PANEL - 1) / PANEL) * panelPitch + ((<usize>k) << 6);
  if (g.transposeB) {
    packPanelsTransposed(b + ((<usize>k) << 2), (<usize>g.inner) << 2, to, panelPitch, steps, g.columns);
  } else {
    const pitch = (<usize>g.columns) << 2;
    packPanels(b + <usize>k * pitch, pitch, to, panelPitch, steps, g.columns);
  }
}
