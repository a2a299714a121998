/**
 * Convolution at stride 1 by Winograd's minimal filtering: a tile of m x m results costs (m + r - 1)² products a pair of channels
 * instead of m² r².
 *
 *     Y = Aᵀ [ sum over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
 *
 * A task does a block of tiles:
 *
 * 1. V = Bᵀ d B: [points²][tiles][inChannels], channels innermost (winograd-strip.ts). Where many channels make V too large for the near
 *    caches anyway, a launch before this one has made it for all tiles, and tasks share it;
 * 2. M = V U for some panels of 16 output channels: at each frequency a product [tiles x in][in x 16] for each panel, through the
 *    micro-kernel, with the filter's panels (winograd-filter.ts);
 * 3. Y = Aᵀ M A, the activation on the way out; then the next panels. The bias is the sums' start at the frequency of point (1, 1),
 *    whose column of Aᵀ is all ones.
 *
 * How many tiles and panels is a matter of caches: V is read once for all panels of a pass, U once for all tiles of a task.
 *
 * The gradient of the images is the same with the filter turned round.
 */

import { PANEL, rowsTile, Tile } from "./micro-kernel";
import { oddLines } from "./pack";
import { copy, maskRow, zero } from "./simd";
import { frequencyPitch } from "./winograd-filter";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { PAIR, poolTile } from "./winograd-pool";
import { Images, startTiling, Tiling, transformTiles } from "./winograd-strip";
import { placeCells, placePixels, transformOutput } from "./winograd-tile";

@unmanaged
export class WinogradArgs {
  /** [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** See WinogradFilterArgs. */
  panels: usize;
  /** [outChannels], or 0 */
  bias: usize;
  /** [batch][outHeight][outWidth][outChannels] */
  y: usize;
  /** Like y: the result is kept where the mask is > 0 and else 0 (the gradient of a relu); 0: no mask. */
  mask: usize;
  /**
   * uint8, like y: then y is [batch][outHeight / 2][outWidth / 2][outChannels], the maxima of windows of 2 x 2 results, and this the
   * cell of its window that each came from; 0: no pool. There is no mask then.
   */
  winners: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  /** Rows and columns of zeros before the image; may be negative. */
  padTop: i32;
  padLeft: i32;
  /** V of this launch's tiles, [points²][tiles][inChannels rounded up to 8], pitched as `vPlane` says; 0: tasks make their own. */
  v: usize;
  /** Tiles of this launch: they are counted through all images, row by row. */
  firstTile: i32;
  tiles: i32;
  /** Tiles of a task. */
  tilesPerTask: i32;
  /** Tiles of a strip of the transform of images. */
  stripTiles: i32;
  /** Panels of 16 output channels of a task, and of a pass of it. */
  panelsPerTask: i32;
  panelsPerPass: i32;
  /** 0 none, 1 relu */
  activation: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

// The head of the scratch memory: bytes from its start. The micro-kernel's record is first.
const RUN: usize = 64; // i32
const NO_BASE: usize = 128; // float32[16]
const EDGE_BIAS: usize = 192; // float32[16]
const TILING: usize = 256; // Tiling
const PIXELS: usize = 384; // usize[results * results], of a tile's results that do not go to y as they are
const EDGE: usize = 576; // results * results * 32 bytes
const TEMPORARY: usize = 1792; // points * results * 256 bytes
const HEAD: usize = TEMPORARY + 12288;

/** Bytes of a row of V. */
// @ts-ignore: decorator
@inline
function vRow(channels: i32): usize {
  return (<usize>((channels + 7) & ~7)) << 2;
}

/** Bytes of V from frequency to frequency. */
// @ts-ignore: decorator
@inline
function vPlane(tiles: i32, channels: i32): usize {
  return oddLines(<usize>tiles * vRow(channels));
}

/** Transforms `count` tiles from tile `first` to rows of V at `to`. */
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
  const results = changetype<F>(0).results();
  const t = changetype<Tiling>(scratch + TILING);
  t.images = g.x;
  t.height = g.inHeight;
  t.width = g.inWidth;
  t.allChannels = g.inChannels;
  t.channels = g.inChannels;
  t.padTop = g.padTop;
  t.padLeft = g.padLeft;
  t.down = (g.outHeight + results - 1) / results;
  t.across = (g.outWidth + results - 1) / results;
  t.strip = g.stripTiles;
  t.tilePitch = vRow(g.inChannels);
  t.plane = plane;
  t.piece = t.tilePitch;
  t.piecePitch = 0;
  t.work = work;
  startTiling<Images<F>>(t);
  transformTiles<Images<F>>(t, first, count, to);
}

/**
 * V of all tiles, for `blockOfTiles` to read.
 * Tasks: ceil(tiles / stripTiles). Scratch: 14080 + 320 + (points + 1) * row bytes, with a row of
 * oddLines(4 * ((stripTiles - 1) * results + points) * inChannels + 32) bytes.
 */
// @ts-ignore: decorator
@inline
function inputStrip<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradArgs>(args);
  const first = task * g.stripTiles;
  const count = min(g.stripTiles, g.tiles - first);
  const to = g.v + <usize>first * vRow(g.inChannels);
  makeV<F>(g, g.firstTile + first, count, to, vPlane(g.tiles, g.inChannels), scratch, scratch + HEAD);
}

/**
 * Tasks: ceil(tiles / tilesPerTask) * ceil(outChannels / 16 / panelsPerTask).
 * Scratch, with T = tilesPerTask, C = inChannels rounded up to 8, P = panelsPerPass:
 * 14080 + 4 * T * (2 + m * m) + 64 * ceil(outChannels / 16) + points² * (64 * T * P + 128) + 256 bytes, m² * 64 * P more
 * with a pool, and, where tasks make V, points² * (4 * T * C + 128) and what `inputStrip` needs behind its head.
 */
// @ts-ignore: decorator
@inline
function blockOfTiles<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradArgs>(args);
  const form = changetype<F>(0);
  const points = form.points();
  const results = form.results();
  const frequencies = points * points;
  const tileColumns = (g.outWidth + results - 1) / results;
  const tilesPerImage = ((g.outHeight + results - 1) / results) * tileColumns;
  // Tasks of the same panels follow each other: workers read the same part of the filter at the same time.
  const blocks = (g.tiles + g.tilesPerTask - 1) / g.tilesPerTask;
  const ofLaunch = (task % blocks) * g.tilesPerTask;
  const first = g.firstTile + ofLaunch;
  const tiles = min(g.tilesPerTask, g.tiles - ofLaunch);
  const outChannels = g.outChannels;
  const panels = (outChannels + PANEL - 1) / PANEL;
  const firstPanel = (task / blocks) * g.panelsPerTask;
  const endPanel = min(firstPanel + g.panelsPerTask, panels);

  const lefts = scratch + HEAD;
  const outs = lefts + ((<usize>tiles) << 2);
  const pixelsOut = outs + ((<usize>tiles) << 2);
  const dump = (pixelsOut + <usize>(tiles * results * results) * 4 + 63) & ~63;
  const cells = dump + ((<usize>panels) << 6);
  const mRow = (<usize>g.panelsPerPass) << 6;
  const m = cells + (g.winners ? <usize>(results * results) * mRow : 0);
  const mPlane = oddLines(<usize>tiles * mRow);
  let v = m + <usize>frequencies * mPlane;
  const plane = vPlane(g.v ? g.tiles : tiles, g.inChannels);
  if (g.v) {
    v = g.v + <usize>ofLaunch * vRow(g.inChannels);
  } else {
    makeV<F>(g, first, tiles, v, plane, scratch, v + <usize>frequencies * plane);
  }

  // What is written: results, or the maxima of pairs of them.
  const pool = g.winners ? PAIR : 1;
  const height = g.outHeight / pool;
  const width = g.outWidth / pool;
  const side = results / pool;
  const imagePixels = <usize>(height * width);
  const outside = g.winners ? 0 : dump;

  zero(scratch + NO_BASE, PANEL);
  for (let t = 0; t < tiles; t++) {
    const place = (first + t) % tilesPerImage;
    store<usize>(lefts + ((<usize>t) << 2), v + <usize>t * vRow(g.inChannels));
    store<usize>(outs + ((<usize>t) << 2), m + <usize>t * mRow);
    const y = g.y + ((<usize>((first + t) / tilesPerImage) * imagePixels * <usize>outChannels) << 2);
    const pixels = pixelsOut + <usize>(t * results * results) * 4;
    const row = (place / tileColumns) * side;
    const column = (place % tileColumns) * side;
    placePixels(y, height, width, outChannels, row, column, side, pixels, outside);
  }
  if (g.winners) placeCells(cells, mRow, results * results, scratch + PIXELS);
  else placeCells(scratch + EDGE, 32, results * results, scratch + PIXELS);

  for (let panel = firstPanel; panel < endPanel; panel += g.panelsPerPass) {
    const end = min(panel + g.panelsPerPass, endPanel);
    multiply(g, scratch, frequencies, points + 1, tiles, plane, mPlane, panel, end);
    const channel = panel * PANEL;
    const channels = min((end - panel) * PANEL, outChannels - channel);
    for (let t = 0; t < tiles; t++) {
      const from = m + <usize>t * mRow;
      const pixels = pixelsOut + <usize>(t * results * results) * 4;
      writeTile<F>(g, scratch, from, mPlane, pixels, dump, channel, channels);
    }
  }
}

/** Y = Aᵀ M A of a tile's channels [channel, channel + channels), and what follows it: activation, and max pool or mask. */
// @ts-ignore: decorator
@inline
function writeTile<F extends Form>(
  g: WinogradArgs,
  scratch: usize,
  from: usize,
  mPlane: usize,
  pixels: usize,
  dump: usize,
  channel: i32,
  channels: i32,
): void {
  const results = changetype<F>(0).results();
  const cells = scratch + PIXELS;
  const temporary = scratch + TEMPORARY;
  const floor: f32 = g.activation ? 0 : -Infinity;
  const at = (<usize>channel) << 2;
  if (g.winners) {
    const mRow = (<usize>g.panelsPerPass) << 6;
    poolTile<F>(from, mPlane, cells, mRow, pixels, at, channels, g.winners - (g.y >> 2), floor, temporary);
    return;
  }
  const whole = channels & ~7;
  transformOutput<F>(from, mPlane, pixels, at, whole, floor, temporary);
  if (whole < channels) {
    const edge = scratch + EDGE;
    const wholeBytes = (<usize>whole) << 2;
    transformOutput<F>(from + wholeBytes, mPlane, cells, 0, 8, floor, temporary);
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

export function winogradInput4x3(args: usize, task: i32, scratch: usize): void {
  inputStrip<Form4x3>(args, task, scratch);
}

export function winogradInput2x5(args: usize, task: i32, scratch: usize): void {
  inputStrip<Form2x5>(args, task, scratch);
}

export function winogradInput6x3(args: usize, task: i32, scratch: usize): void {
  inputStrip<Form6x3>(args, task, scratch);
}

export function winogradInput4x5(args: usize, task: i32, scratch: usize): void {
  inputStrip<Form4x5>(args, task, scratch);
}
