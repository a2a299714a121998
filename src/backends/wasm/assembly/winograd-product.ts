/**
 * The second stage as a launch of its own: at each frequency one matrix product.
 *
 * What is large is read from memory once: a task takes some rows at one frequency, packs them as a matrix product does, and meets
 * all panels of that frequency, which tasks beside it meet at the same time.
 */

import { BLOCK_BYTES, blockAt, multiplyPacked } from "./micro-kernel-block";
import { packTiles, packTilesTransposed, tilePitchOf } from "./pack-tiles";

/** out[f] = op(left[f]) @ right[f] for every frequency f. Pitches are bytes from row to row, planes from frequency to frequency. */
@unmanaged
export class WinogradProductArgs {
  /** [frequencies][rows][inner], transposed: [..][inner][rows] */
  left: usize;
  leftPitch: usize;
  leftPlane: usize;
  transposeLeft: i32;
  /** [frequencies][ceil(columns / 16)][inner][16], panels `panelPitch` apart */
  panels: usize;
  panelPitch: usize;
  panelPlane: usize;
  /** [frequencies][rows][columns rounded up to 16] */
  out: usize;
  outPitch: usize;
  outPlane: usize;
  /** 1: adds to what `out` holds */
  accumulate: i32;
  /** [columns], what the sums at `biasFrequency` start from, or 0 */
  bias: usize;
  biasFrequency: i32;
  rows: i32;
  inner: i32;
  columns: i32;
  rowsPerTask: i32;
  /** Steps of inner at a time, at most. */
  stretch: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

/**
 * Tasks: frequencies * ceil(rows / rowsPerTask), rows fastest.
 * Scratch, with R = rowsPerTask: 1024 + 4 * R + 64 + ceil(R / 6) * (24 * stretch + 128) bytes.
 */
export function winogradProduct(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradProductArgs>(args);
  const rowTasks = (g.rows + g.rowsPerTask - 1) / g.rowsPerTask;
  const frequency = task / rowTasks;
  const first = (task % rowTasks) * g.rowsPerTask;
  const rows = min(g.rowsPerTask, g.rows - first);
  const left = g.left + <usize>frequency * g.leftPlane;
  const panels = g.panels + <usize>frequency * g.panelPlane;
  const out = g.out + <usize>frequency * g.outPlane + <usize>first * g.outPitch;

  const block = blockAt(scratch);
  block.rowCount = rows;
  block.columnCount = g.columns;
  block.bias = frequency == g.biasFrequency ? g.bias : 0;
  block.mask = 0;
  block.activation = 0;
  block.last = true;
  block.halves = g.tileWidth == 8;
  block.panelPitch = g.panelPitch;
  block.outs = scratch + BLOCK_BYTES;
  block.lefts = (block.outs + ((<usize>rows) << 2) + 63) & ~63;
  block.runs = scratch + BLOCK_BYTES - 8;
  block.runCount = 1;
  store<i32>(block.runs, 0);
  for (let r: usize = 0; r < <usize>rows; r++) store<usize>(block.outs + (r << 2), out + r * g.outPitch);

  const stretches = (g.inner + g.stretch - 1) / g.stretch;
  const stretch = (g.inner + stretches - 1) / stretches;
  for (let k = 0; k < g.inner; k += stretch) {
    const steps = min(stretch, g.inner - k);
    block.first = k == 0 && !g.accumulate;
    block.runLength = steps;
    block.tilePitch = tilePitchOf(steps);
    block.panels = panels + ((<usize>k) << 6);
    if (g.transposeLeft) {
      const from = left + <usize>k * g.leftPitch + ((<usize>first) << 2);
      packTilesTransposed(from, g.leftPitch, block.lefts, steps, rows);
    } else {
      packTiles(left + <usize>first * g.leftPitch + ((<usize>k) << 2), g.leftPitch, block.lefts, steps, rows);
    }
    multiplyPacked(block);
  }
}
