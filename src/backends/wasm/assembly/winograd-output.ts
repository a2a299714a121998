/** The last stage of a Winograd convolution: Y = Aᵀ M A of a tile, and what follows it on the way out: activation, max pool or mask. */

import { PANEL } from "./micro-kernel";
import { copy, maskRow } from "./simd";
import { Form } from "./winograd-form";
import { PAIR, poolTile } from "./winograd-pool";
import { placeCells, placePixels, transformOutput } from "./winograd-tile";

/** Where results go; the head of the argument records of the kernels that write them. */
@unmanaged
export class Output {
  /** [batch][outHeight][outWidth][outChannels] */
  y: usize;
  /** Like y: the result is kept where the mask is > 0 and else 0 (the gradient of a relu); 0: no mask. */
  mask: usize;
  /**
   * uint8, like y: then y is [batch][outHeight / 2][outWidth / 2][outChannels], the maxima of windows of 2 x 2 results, and this the
   * cell of its window that each came from; 0: no pool. There is no mask then.
   */
  winners: usize;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  /** 0 none, 1 relu */
  activation: i32;
}

// The memory that writing a tile takes: bytes from its start.
const PIXELS: usize = 0; // usize[results * results], of a tile's results that do not go to y as they are
const EDGE: usize = 192; // results * results * 32 bytes
const TEMPORARY: usize = 1408; // points * results * 256 bytes
// @ts-ignore: decorator
@inline
export const OUTPUT_WORK: usize = TEMPORARY + 12288;

/** Tiles along an axis of `size` results. */
// @ts-ignore: decorator
@inline
export function tilesAlong<F extends Form>(size: i32): i32 {
  const results = changetype<F>(0).results();
  return (size + results - 1) / results;
}

/** Bytes where results outside the image go. */
// @ts-ignore: decorator
@inline
export function dumpBytes(g: Output): usize {
  return (<usize>((g.outChannels + PANEL - 1) / PANEL)) << 6;
}

/**
 * Before the first tile.
 * @param cells memory for a tile's results before they are pooled, `cellPitch` bytes apart; only used with a pool
 */
// @ts-ignore: decorator
@inline
export function startOutput<F extends Form>(g: Output, work: usize, cells: usize, cellPitch: usize): void {
  const count = changetype<F>(0).results() * changetype<F>(0).results();
  if (g.winners) placeCells(cells, cellPitch, count, work + PIXELS);
  else placeCells(work + EDGE, 32, count, work + PIXELS);
}

/**
 * Addresses of what tile `tile` writes: results, or the maxima of pairs of them.
 * @param tile counted through all images, row by row
 * @param table usize[results * results]
 * @param dump see `dumpBytes`
 */
// @ts-ignore: decorator
@inline
export function placeResults<F extends Form>(g: Output, tile: i32, table: usize, dump: usize): void {
  const across = tilesAlong<F>(g.outWidth);
  const perImage = tilesAlong<F>(g.outHeight) * across;
  const pool = g.winners ? PAIR : 1;
  const height = g.outHeight / pool;
  const width = g.outWidth / pool;
  const side = changetype<F>(0).results() / pool;
  const place = tile % perImage;
  const pixels = <usize>(height * width) * <usize>(tile / perImage);
  const y = g.y + ((pixels * <usize>g.outChannels) << 2);
  const outside: usize = g.winners ? 0 : dump;
  placePixels(y, height, width, g.outChannels, (place / across) * side, (place % across) * side, side, table, outside);
}

/**
 * Writes channels [channel, channel + channels) of a tile.
 *
 * @param from M of the tile at the first of them, `plane` bytes from frequency to frequency
 * @param pixels what `placeResults` wrote
 * @param cellPitch as for `startOutput`
 */
// @ts-ignore: decorator
@inline
export function writeTile<F extends Form>(
  g: Output,
  work: usize,
  from: usize,
  plane: usize,
  pixels: usize,
  dump: usize,
  cellPitch: usize,
  channel: i32,
  channels: i32,
): void {
  const results = changetype<F>(0).results();
  const cells = work + PIXELS;
  const temporary = work + TEMPORARY;
  const floor: f32 = g.activation ? 0 : -Infinity;
  const at = (<usize>channel) << 2;
  if (g.winners) {
    poolTile<F>(from, plane, cells, cellPitch, pixels, at, channels, g.winners - (g.y >> 2), floor, temporary);
    return;
  }
  const whole = channels & ~7;
  transformOutput<F>(from, plane, pixels, at, whole, floor, temporary);
  if (whole < channels) {
    const edge = work + EDGE;
    const wholeBytes = (<usize>whole) << 2;
    transformOutput<F>(from + wholeBytes, plane, cells, 0, 8, floor, temporary);
    for (let i: usize = 0; i < <usize>(results * results); i++) {
      copy(edge + (i << 5), load<usize>(pixels + (i << 2)) + at + wholeBytes, channels - whole);
    }
  }
  if (g.mask) {
    for (let i: usize = 0; i < <usize>(results * results); i++) {
      const pixel = load<usize>(pixels + (i << 2));
      if (pixel != dump) maskRow(pixel + at, g.mask - g.y, channels);
    }
  }
}
