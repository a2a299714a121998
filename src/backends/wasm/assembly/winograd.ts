/**
 * Convolution at stride 1 by Winograd's minimal filtering: a tile of m x m results costs (m + r - 1)² products a pair of channels
 * instead of m² r².
 *
 *     Y = Aᵀ [ sum over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
 *
 * A task does a block of tiles:
 *
 * 1. V = Bᵀ d B: [points²][tiles][inChannels], channels innermost (winograd-strip.ts);
 * 2. M = V U for some panels of 16 output channels: at each frequency a product [tiles x in][in x 16] for each panel, through the
 *    micro-kernel, with the filter's panels (winograd-filter.ts);
 * 3. Y = Aᵀ M A (winograd-output.ts); then the next panels. The bias is the sums' start at the frequency of point (1, 1), whose
 *    column of Aᵀ is all ones.
 *
 * How many tiles and panels is a matter of caches: V is read once for all panels of a pass, U once for all tiles of a task. Where U
 * is too large for that, each stage is a launch of its own instead: winograd-transform.ts, winograd-product.ts, winograd-results.ts.
 *
 * The gradient of the images is the same with the filter turned round.
 */

import { PANEL, rowsTile, Tile } from "./micro-kernel";
import { oddLines } from "./pack";
import { copy, zero } from "./simd";
import { frequencyPitch } from "./winograd-filter";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { dumpBytes, Output, OUTPUT_WORK, placeResults, startOutput, tilesAlong, writeTile } from "./winograd-output";
import { Images, startTiling, Tiling, transformTiles } from "./winograd-strip";

@unmanaged
export class WinogradArgs extends Output {
  /** [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** See WinogradFilterArgs. */
  panels: usize;
  /** [outChannels], or 0 */
  bias: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  /** Rows and columns of zeros before the image; may be negative. */
  padTop: i32;
  padLeft: i32;
  /** Tiles of a task: they are counted through all images, row by row. */
  tilesPerTask: i32;
  /** Tiles of a strip of the transform of images. */
  stripTiles: i32;
  /** Panels of 16 output channels of a task, and of a pass of it. */
  panelsPerTask: i32;
  panelsPerPass: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

// The head of the scratch memory: bytes from its start. The micro-kernel's record is first.
const RUN: usize = 64; // i32
const NO_BASE: usize = 128; // float32[16]
const EDGE_BIAS: usize = 192; // float32[16]
const TILING: usize = 256; // Tiling
const OUTPUT: usize = 384; // what writing a tile takes
const HEAD: usize = OUTPUT + OUTPUT_WORK;

/** Bytes of a tile's row of V: whole eights of channels. */
// @ts-ignore: decorator
@inline
function vRow(channels: i32): usize {
  return (<usize>((channels + 7) & ~7)) << 2;
}

/** Bytes from tile to tile of V. */
// @ts-ignore: decorator
@inline
function vPitch(channels: i32): usize {
  return oddLines(vRow(channels));
}

/** Transforms `count` tiles from tile `first` to V at `to`, `plane` bytes from frequency to frequency. */
// @ts-ignore: decorator
@inline
function makeV<F extends Form>(
  g: WinogradArgs,
  first: i32,
  count: i32,
  to: usize,
  plane: usize,
  scratch: usize,
  work: usize,
): void {
  const t = changetype<Tiling>(scratch + TILING);
  t.images = g.x;
  t.height = g.inHeight;
  t.width = g.inWidth;
  t.allChannels = g.inChannels;
  t.channels = g.inChannels;
  t.padTop = g.padTop;
  t.padLeft = g.padLeft;
  t.down = tilesAlong<F>(g.outHeight);
  t.across = tilesAlong<F>(g.outWidth);
  t.strip = g.stripTiles;
  t.tilePitch = vPitch(g.inChannels);
  t.plane = plane;
  t.piece = vRow(g.inChannels);
  t.piecePitch = 0;
  startTiling<Images<F>>(t, work);
  transformTiles<Images<F>>(t, work, first, count, to);
}

/**
 * Tasks: ceil(tiles / tilesPerTask) * ceil(outChannels / 16 / panelsPerTask).
 * Scratch, with T = tilesPerTask, C = vPitch(inChannels) / 4, P = panelsPerPass:
 * 14080 + 4 * T * (2 + m * m) + 64 * ceil(outChannels / 16) + points² * (4 * T * (16 * P + C) + 256) + 256 bytes, m² * 64 * P more
 * with a pool, and 320 + (points + 1) * row for strips, with a row of
 * oddLines(4 * ((stripTiles - 1) * results + points) * inChannels + 32) bytes.
 */
// @ts-ignore: decorator
@inline
function blockOfTiles<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradArgs>(args);
  const form = changetype<F>(0);
  const points = form.points();
  const results = form.results();
  const frequencies = points * points;
  const allTiles = g.batch * tilesAlong<F>(g.outHeight) * tilesAlong<F>(g.outWidth);
  // Tasks of the same panels follow each other: workers read the same part of the filter at the same time.
  const blocks = (allTiles + g.tilesPerTask - 1) / g.tilesPerTask;
  const first = (task % blocks) * g.tilesPerTask;
  const tiles = min(g.tilesPerTask, allTiles - first);
  const outChannels = g.outChannels;
  const panels = (outChannels + PANEL - 1) / PANEL;
  const firstPanel = (task / blocks) * g.panelsPerTask;
  const endPanel = min(firstPanel + g.panelsPerTask, panels);

  const output = scratch + OUTPUT;
  const lefts = scratch + HEAD;
  const outs = lefts + ((<usize>tiles) << 2);
  const pixelsOut = outs + ((<usize>tiles) << 2);
  const dump = (pixelsOut + <usize>(tiles * results * results) * 4 + 63) & ~63;
  const cells = dump + dumpBytes(g);
  const mRow = (<usize>g.panelsPerPass) << 6;
  const m = cells + (g.winners ? <usize>(results * results) * mRow : 0);
  const mPlane = oddLines(<usize>tiles * mRow);
  const v = m + <usize>frequencies * mPlane;
  const plane = oddLines(<usize>tiles * vPitch(g.inChannels));
  makeV<F>(g, first, tiles, v, plane, scratch, v + <usize>frequencies * plane);

  zero(scratch + NO_BASE, PANEL);
  for (let t = 0; t < tiles; t++) {
    store<usize>(lefts + ((<usize>t) << 2), v + <usize>t * vPitch(g.inChannels));
    store<usize>(outs + ((<usize>t) << 2), m + <usize>t * mRow);
    placeResults<F>(g, first + t, pixelsOut + <usize>(t * results * results) * 4, dump);
  }
  startOutput<F>(g, output, cells, mRow);

  for (let panel = firstPanel; panel < endPanel; panel += g.panelsPerPass) {
    const end = min(panel + g.panelsPerPass, endPanel);
    multiply(g, scratch, frequencies, points + 1, tiles, plane, mPlane, panel, end);
    const channel = panel * PANEL;
    const channels = min((end - panel) * PANEL, outChannels - channel);
    for (let t = 0; t < tiles; t++) {
      const from = m + <usize>t * mRow;
      const pixels = pixelsOut + <usize>(t * results * results) * 4;
      writeTile<F>(g, output, from, mPlane, pixels, dump, mRow, channel, channels);
    }
  }
}

/**
 * Channels that a product sums up at a time: a panel's part of 32 KiB comes from the second-level cache at no cost, while adding to
 * sums in memory has one.
 */
const MOST_CHANNELS: i32 = 512;

/** M = V U of panels [first, end): [frequency][tile][16 * panelsPerPass]. @param one frequency of point (1, 1), where the bias comes in. */
function multiply(
  g: WinogradArgs,
  scratch: usize,
  frequencies: i32,
  one: i32,
  tiles: i32,
  plane: usize,
  mPlane: usize,
  first: i32,
  end: i32,
): void {
  const tile = changetype<Tile>(scratch);
  const lefts = scratch + HEAD;
  const outs = lefts + ((<usize>tiles) << 2);
  const pitch = frequencyPitch(g.inChannels);
  const parts = (g.inChannels + MOST_CHANNELS - 1) / MOST_CHANNELS;
  const part = (g.inChannels + parts - 1) / parts;
  const halves = g.tileWidth == 8;
  tile.runs = scratch + RUN;
  tile.runCount = 1;
  tile.floor = -Infinity;
  for (let frequency = 0; frequency < frequencies; frequency++) {
    for (let k = 0; k < g.inChannels; k += part) {
      tile.runLength = min(part, g.inChannels - k);
      store<usize>(scratch + RUN, <usize>frequency * plane + ((<usize>k) << 2));
      for (let panel = first; panel < end; panel++) {
        tile.panel = g.panels + <usize>(panel * frequencies + frequency) * pitch + ((<usize>k) << 6);
        tile.outColumn = <usize>frequency * mPlane + ((<usize>(panel - first)) << 6);
        tile.base = k > 0 ? 0 : frequency == one && g.bias ? biasOf(g, scratch, panel) : scratch + NO_BASE;
        for (let row = 0; row < tiles;) {
          const remaining = tiles - row;
          const rows = remaining >= 6 ? 6 : remaining >= 4 ? 4 : remaining >= 2 ? 2 : 1;
          tile.left = lefts + ((<usize>row) << 2);
          tile.out = outs + ((<usize>row) << 2);
          rowsTile(tile, rows, halves);
          row += rows;
        }
      }
    }
  }
}

/** Sixteen values of the bias, zeros after the last. */
function biasOf(g: WinogradArgs, scratch: usize, panel: i32): usize {
  const at = g.bias + ((<usize>(panel * PANEL)) << 2);
  const width = g.outChannels - panel * PANEL;
  if (width >= PANEL) return at;
  zero(scratch + EDGE_BIAS, PANEL);
  copy(at, scratch + EDGE_BIAS, width);
  return scratch + EDGE_BIAS;
}

export function winograd4x3(args: usize, task: i32, scratch: usize): void {
  blockOfTiles<Form4x3>(args, task, scratch);
}

export function winograd2x5(args: usize, task: i32, scratch: usize): void {
  blockOfTiles<Form2x5>(args, task, scratch);
}

export function winograd6x3(args: usize, task: i32, scratch: usize): void {
  blockOfTiles<Form6x3>(args, task, scratch);
}

export function winograd4x5(args: usize, task: i32, scratch: usize): void {
  blockOfTiles<Form4x5>(args, task, scratch);
}
