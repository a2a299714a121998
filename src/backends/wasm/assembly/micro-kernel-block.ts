/**
 * A block of a matrix product for one stretch of k: every tile of `rowCount` x `columnCount`, edges included.
 *
 * The caller cuts k into stretches (`STRETCH`) so that a panel's part, STRETCH * 16 * 4 bytes = 16 KiB, stays in the first-level
 * cache while all tiles of a column use it. The first stretch starts from the bias, later ones add to the output, the last applies
 * the activation. Shapes alone decide the stretches, so the order of each sum never depends on the number of threads.
 */

import { TILE_STEP } from "./pack-tiles";
import { copy, maskRow, zero } from "./simd";
import { columnsTile, PANEL, rowsTile, Tile, TILE_ROWS } from "./micro-kernel";

/** Steps of k that one pass over the tiles takes, about. */
// @ts-ignore: decorator
@inline
export const STRETCH: i32 = 256;

/** Bytes of `Block` and of its edge area, the start of every task's scratch. */
// @ts-ignore: decorator
@inline
export const BLOCK_BYTES: usize = 1024;

/** Activation codes of the epilogue. */
// @ts-ignore: decorator
@inline
export const RELU: i32 = 1;

@unmanaged
export class Block extends Tile {
  /** Way "rows": addresses of the left rows, usize[rowCount]. Way "columns" and packed: address of a[0][k = 0]. */
  lefts: usize;
  /** Packed only: bytes from one tile of the left side to the next. */
  tilePitch: usize;
  /** Addresses of the output rows, usize[rowCount]. */
  outs: usize;
  rowCount: i32;
  columnCount: i32;
  /** First panel, at the stretch's first k. */
  panels: usize;
  /** Bytes from one panel to the next. */
  panelPitch: usize;
  /** float32[columnCount], or 0. */
  bias: usize;
  /** Bytes from an output element to the element of the mask it is multiplied by (1 where > 0, else 0); 0: no mask. */
  mask: usize;
  activation: i32;
  first: bool;
  last: bool;
  /** Tiles in two halves of 8 columns: for runtimes without revectorization. */
  halves: bool;
}

// The edge area behind the record: bytes from the block's address.
const ZEROS: usize = 192; // float32[16]
const EDGE_BIAS: usize = 256; // float32[16]
const EDGE_OUTS: usize = 320; // usize[6]
const EDGE_TILE: usize = 384; // float32[6][16]

/** The block at the start of a task's scratch memory. */
export function blockAt(scratch: usize): Block {
  zero(scratch + ZEROS, PANEL);
  return changetype<Block>(scratch);
}

/** Left side in rows: a panel's part stays in the first-level cache while all rows pass by. */
export function multiplyRows(b: Block): void {
  for (let column = 0; column < b.columnCount; column += PANEL) {
    for (let row = 0; row < b.rowCount;) {
      const rows = tileRows(b.rowCount - row);
      b.left = b.lefts + ((<usize>row) << 2);
      place(b, row, column, rows, false);
      row += rows;
    }
  }
}

/** Left side packed by `packTiles`: it stays in the second-level cache while one panel's part after the other passes by. */
export function multiplyPacked(b: Block): void {
  b.step = TILE_STEP;
  for (let column = 0; column < b.columnCount; column += PANEL) {
    for (let row = 0; row < b.rowCount;) {
      const rows = tileRows(b.rowCount - row);
      // A rest of less than six rows is several tiles of one packed tile.
      b.left = b.lefts + <usize>(row / TILE_ROWS) * b.tilePitch + ((<usize>(row % TILE_ROWS)) << 2);
      place(b, row, column, rows, true);
      row += rows;
    }
  }
}

/** Left side in columns: its lines, far from each other, stay in the first-level cache while all panels pass by. */
export function multiplyColumns(b: Block): void {
  for (let row = 0; row < b.rowCount;) {
    const rows = tileRows(b.rowCount - row);
    b.left = b.lefts + ((<usize>row) << 2);
    for (let column = 0; column < b.columnCount; column += PANEL) place(b, row, column, rows, true);
    row += rows;
  }
}

/** The largest tile within `remaining` rows: a rest of five is done as four and one. */
// @ts-ignore: decorator
@inline
function tileRows(remaining: i32): i32 {
  return remaining >= 6 ? 6 : remaining >= 4 ? 4 : remaining >= 2 ? 2 : 1;
}

/** Computes the tile at (row, column), by way of the edge area when it has fewer than 16 columns. */
function place(b: Block, row: i32, column: i32, rows: i32, inColumns: bool): void {
  const width = min(PANEL, b.columnCount - column);
  const outs = b.outs + ((<usize>row) << 2);
  const columnBytes = (<usize>column) << 2;
  const edge = changetype<usize>(b);
  b.panel = b.panels + <usize>(column >> 4) * b.panelPitch;
  b.floor = b.last && b.activation == RELU ? 0 : -Infinity;
  if (width == PANEL) {
    b.out = outs;
    b.outColumn = columnBytes;
    b.base = !b.first ? 0 : b.bias ? b.bias + columnBytes : edge + ZEROS;
  } else {
    b.out = edge + EDGE_OUTS;
    b.outColumn = 0;
    b.base = !b.first ? 0 : b.bias ? edge + EDGE_BIAS : edge + ZEROS;
    if (b.bias) copy(b.bias + columnBytes, edge + EDGE_BIAS, width);
    for (let r = 0; r < rows; r++) {
      const at = edge + EDGE_TILE + ((<usize>r) << 6);
      store<usize>(edge + EDGE_OUTS + ((<usize>r) << 2), at);
      if (!b.first) copy(load<usize>(outs + ((<usize>r) << 2)) + columnBytes, at, width);
    }
  }
  if (inColumns) columnsTile(b, rows, b.halves);
  else rowsTile(b, rows, b.halves);
  if (width < PANEL) {
    for (let r = 0; r < rows; r++) {
      copy(edge + EDGE_TILE + ((<usize>r) << 6), load<usize>(outs + ((<usize>r) << 2)) + columnBytes, width);
    }
  }
  // The tile was just stored: it is still in the first-level cache.
  if (b.mask && b.last) {
    for (let r = 0; r < rows; r++) maskRow(load<usize>(outs + ((<usize>r) << 2)) + columnBytes, b.mask, width);
  }
}
