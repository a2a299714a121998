/**
 * Convolution at stride 1 by Winograd's minimal filtering: a tile of m x m results costs (m + r - 1)² products a pair of channels
 * instead of m² r².
 *
 *     Y = Aᵀ [ sum over channels of (G g Gᵀ) ⊙ (Bᵀ d B) ] A
 *
 * A task does a block of tiles:
 *
 * 1. V = Bᵀ d B: [points²][tiles][inChannels], channels innermost, so vectors run along channels;
 * 2. for each frequency a product [tiles x in][in x 16] through the micro-kernel, with the filter's panels (winograd-filter.ts);
 * 3. Y = Aᵀ M A after each panel, while M is in the nearest caches; the activation on the way out. The bias is the sums' start at the
 *    frequency of point (1, 1), whose column of Aᵀ is all ones.
 *
 * V is read again for each panel, so between two reads of it comes a panel's part of U: both together should fit into the second-level
 * cache, which the host's choice of `tilesPerTask` sees to.
 *
 * The gradient of the images is the same with the filter turned round.
 */

import { PANEL, rowsTile, Tile } from "./micro-kernel";
import { STRETCH } from "./micro-kernel-block";
import { copy, zero } from "./simd";
import { frequencyPitch } from "./winograd-filter";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { oddLines, placePixels, stageEdge, transformInput, transformOutput } from "./winograd-tile";

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
  /** Tiles of a task: they are counted through all images, row by row. */
  tilesPerTask: i32;
  /** Panels of 16 output channels of a task. */
  panelsPerTask: i32;
  /** 0 none, 1 relu */
  activation: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

// The head of the scratch memory: bytes from its start. The micro-kernel's record is first.
const RUN: usize = 64; // i32
const NO_BASE: usize = 128; // float32[16]
const EDGE_BIAS: usize = 192; // float32[16]
const PIXELS: usize = 256; // usize[points * points], see placePixels
const TEMPORARY: usize = 512; // points * points * 32 bytes
const EDGE: usize = 2560; // points * points * 32 bytes
const HEAD: usize = 4608;

/**
 * Tasks: ceil(batch * ceil(outHeight / m) * ceil(outWidth / m) / tilesPerTask) * ceil(outChannels / 16 / panelsPerTask).
 * Scratch, with T = tilesPerTask, C = inChannels rounded up to 8, K = outChannels rounded up to 16:
 * 4608 + 4 * T * (2 + m * m) + 4 * (C + K + 16) + points² * (4 * T * C + 64 * T + 256) + 256 bytes.
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
  const total = g.batch * tilesPerImage;
  // Tasks of the same panels follow each other: workers read the same part of the filter at the same time.
  const blocks = (total + g.tilesPerTask - 1) / g.tilesPerTask;
  const first = (task % blocks) * g.tilesPerTask;
  const tiles = min(g.tilesPerTask, total - first);
  const channels = g.inChannels;
  const outChannels = g.outChannels;
  const panels = (outChannels + PANEL - 1) / PANEL;

  const lefts = scratch + HEAD;
  const outs = lefts + ((<usize>tiles) << 2);
  const pixelsOut = outs + ((<usize>tiles) << 2);
  const zeros = (pixelsOut + <usize>(tiles * results * results) * 4 + 63) & ~63;
  const dump = zeros + ((<usize>((channels + 7) & ~7)) << 2);
  const v = (dump + ((<usize>(panels * PANEL)) << 2) + 63) & ~63;
  const vRow = (<usize>((channels + 7) & ~7)) << 2;
  const plane = oddLines(<usize>tiles * vRow);
  const m = v + <usize>frequencies * plane;
  const mPlane = oddLines((<usize>tiles) << 6);

  zero(zeros, (channels + 7) & ~7);
  zero(scratch + NO_BASE, PANEL);
  for (let t = 0; t < tiles; t++) {
    const image = (first + t) / tilesPerImage;
    const place = (first + t) % tilesPerImage;
    const row = (place / tileColumns) * results;
    const column = (place % tileColumns) * results;
    const vTile = v + <usize>t * vRow;
    store<usize>(lefts + ((<usize>t) << 2), vTile);
    store<usize>(outs + ((<usize>t) << 2), m + ((<usize>t) << 6));
    const y = g.y + ((<usize>image * <usize>(g.outHeight * g.outWidth) * <usize>outChannels) << 2);
    const pixels = pixelsOut + <usize>(t * results * results) * 4;
    placePixels(y, g.outHeight, g.outWidth, outChannels, row, column, results, pixels, dump);
    const x = g.x + ((<usize>image * <usize>(g.inHeight * g.inWidth) * <usize>channels) << 2);
    placePixels(
      x,
      g.inHeight,
      g.inWidth,
      channels,
      row - g.padTop,
      column - g.padLeft,
      points,
      scratch + PIXELS,
      zeros,
    );
    transformInput<F>(scratch + PIXELS, channels & ~7, vTile, plane, scratch + TEMPORARY);
    if (channels & 7) {
      stageEdge(scratch + PIXELS, scratch + EDGE, frequencies, channels);
      transformInput<F>(scratch + PIXELS, 8, vTile + ((<usize>(channels & ~7)) << 2), plane, scratch + TEMPORARY);
    }
  }

  const floor = f32x4.splat(g.activation ? 0 : -Infinity);
  const firstPanel = (task / blocks) * g.panelsPerTask;
  const endPanel = min(firstPanel + g.panelsPerTask, panels);
  for (let panel = firstPanel; panel < endPanel; panel++) {
    multiply(g, scratch, frequencies, points + 1, tiles, plane, mPlane, panel);
    const channel = panel * PANEL;
    const width = min(PANEL, outChannels - channel);
    const whole = width & ~7;
    const at = (<usize>channel) << 2;
    for (let t = 0; t < tiles; t++) {
      const from = m + ((<usize>t) << 6);
      const pixels = pixelsOut + <usize>(t * results * results) * 4;
      transformOutput<F>(from, mPlane, pixels, at, whole, floor, scratch + TEMPORARY);
      if (whole < width) {
        for (let i = 0; i < results * results; i++) {
          store<usize>(scratch + PIXELS + ((<usize>i) << 2), scratch + EDGE + ((<usize>i) << 5));
        }
        transformOutput<F>(from + ((<usize>whole) << 2), mPlane, scratch + PIXELS, 0, 8, floor, scratch + TEMPORARY);
        const to = at + ((<usize>whole) << 2);
        for (let i: usize = 0; i < <usize>(results * results); i++) {
          copy(scratch + EDGE + (i << 5), load<usize>(pixels + (i << 2)) + to, width - whole);
        }
      }
      if (g.mask) {
        for (let i: usize = 0; i < <usize>(results * results); i++) {
          const pixel = load<usize>(pixels + (i << 2));
          if (pixel != dump) maskPixel(pixel + at, g.mask - g.y, width);
        }
      }
    }
  }
}

/** M = V U of one panel: [frequency][tile][16]. @param one frequency of point (1, 1), where the bias comes in. */
function multiply(
  g: WinogradArgs,
  scratch: usize,
  frequencies: i32,
  one: i32,
  tiles: i32,
  plane: usize,
  mPlane: usize,
  panel: i32,
): void {
  const tile = changetype<Tile>(scratch);
  const lefts = scratch + HEAD;
  const outs = lefts + ((<usize>tiles) << 2);
  const pitch = frequencyPitch(g.inChannels);
  const parts = (g.inChannels + STRETCH - 1) / STRETCH;
  const part = (g.inChannels + parts - 1) / parts;
  const halves = g.tileWidth == 8;
  tile.runs = scratch + RUN;
  tile.runCount = 1;
  tile.floor = -Infinity;
  for (let frequency = 0; frequency < frequencies; frequency++) {
    for (let k = 0; k < g.inChannels; k += part) {
      tile.runLength = min(part, g.inChannels - k);
      store<usize>(scratch + RUN, <usize>frequency * plane + ((<usize>k) << 2));
      tile.panel = g.panels + <usize>(panel * frequencies + frequency) * pitch + ((<usize>k) << 6);
      tile.outColumn = <usize>frequency * mPlane;
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

/** Sixteen values of the bias, zeros after the last. */
function biasOf(g: WinogradArgs, scratch: usize, panel: i32): usize {
  const at = g.bias + ((<usize>(panel * PANEL)) << 2);
  const width = g.outChannels - panel * PANEL;
  if (width >= PANEL) return at;
  zero(scratch + EDGE_BIAS, PANEL);
  copy(at, scratch + EDGE_BIAS, width);
  return scratch + EDGE_BIAS;
}

/** out[i] = mask[i] > 0 ? out[i] : 0. @param mask bytes from an element to its mask. */
function maskPixel(out: usize, mask: usize, count: i32): void {
  const none = f32x4.splat(0);
  let i = 0;
  for (; i <= count - 8; i += 8, out += 32) {
    const low = v128.and(v128.load(out), f32x4.gt(v128.load(out + mask), none));
    const high = v128.and(v128.load(out, 16), f32x4.gt(v128.load(out + mask, 16), none));
    v128.store(out, low);
    v128.store(out, high, 16);
  }
  for (; i < count; i++, out += 4) if (!(load<f32>(out + mask) > 0)) store<f32>(out, 0);
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
