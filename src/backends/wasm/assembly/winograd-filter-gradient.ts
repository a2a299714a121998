/**
 * Gradient of a convolution with respect to its filter by Winograd's minimal filtering, the same bilinear form read the other way:
 *
 *     dw = Gᵀ [ sum over tiles of (Bᵀ x B) ⊙ (A dy Aᵀ) ] G
 *
 * At each frequency that is a product [in x tiles][tiles x out]. A task owns a block of input channels by output channels and a part
 * of the tiles. It takes tiles in blocks, transforms its channels of x and dy, and adds the block's products to sums that stay in its
 * scratch memory, the tiles' rows as the micro-kernel's k. At the end it transforms the sums to its part of dw. Parts are added by
 * `conv2dFilterGradientSum`, in order; what a part is depends on shapes only.
 *
 * With many channels each stage is a launch of its own instead: winograd-transform.ts, winograd-product.ts, winograd-filter-sums.ts.
 */

import { columnsTile, PANEL, Tile } from "./micro-kernel";
import { oddLines } from "./pack";
import { zero } from "./simd";
import { FILTER_WORK, writeFilter } from "./winograd-filter-sums";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { Gradients, Images, startTiling, Tiling, transformTiles } from "./winograd-strip";

@unmanaged
export class WinogradFilterGradientArgs {
  /** [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** [batch][outHeight][outWidth][outChannels] */
  dy: usize;
  /** [splits][taps][taps][inChannels][outChannels]: dw itself when splits is 1 */
  dw: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  padTop: i32;
  padLeft: i32;
  /** Channels of a task: input channels, a multiple of 8, and output channels, a multiple of 16. */
  channelsPerTask: i32;
  columnsPerTask: i32;
  /** Tiles whose transforms are made at a time, and tiles of a strip of those. */
  tilesPerBlock: i32;
  stripTiles: i32;
  /** Parts of the tiles of all images. */
  splits: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

// The head of the scratch memory: bytes from its start. The micro-kernel's record is first.
const RUN: usize = 64; // i32
const OUTS: usize = 128; // usize[6]
const NO_BASE: usize = 192; // float32[16]
const IMAGES: usize = 256; // Tiling
const GRADIENTS: usize = 384; // Tiling
const WRITING: usize = 512; // what writeFilter takes
const HEAD: usize = WRITING + FILTER_WORK;

/**
 * Tasks: splits * ceil(inChannels / channelsPerTask) * ceil(outChannels / columnsPerTask).
 * Scratch, with T = tilesPerBlock, C = channelsPerTask, K = columnsPerTask:
 * 4608 + points² * (4 * (T * (C + 32 + K) + C * K) + 384) + 256 bytes, and 320 + (points + 1) * row for strips, with a row of
 * oddLines(4 * ((stripTiles - 1) * results + points) * max(C, K) + 32) bytes.
 */
// @ts-ignore: decorator
@inline
function filterGradient<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradFilterGradientArgs>(args);
  const form = changetype<F>(0);
  const points = form.points();
  const results = form.results();
  const taps = form.taps();
  const frequencies = points * points;
  const columnTasks = (g.outChannels + g.columnsPerTask - 1) / g.columnsPerTask;
  const channelTasks = (g.inChannels + g.channelsPerTask - 1) / g.channelsPerTask;
  const column = (task % columnTasks) * g.columnsPerTask;
  task /= columnTasks;
  const channel = (task % channelTasks) * g.channelsPerTask;
  const split = task / channelTasks;
  const columns = min(g.columnsPerTask, g.outChannels - column);
  const channels = min(g.channelsPerTask, g.inChannels - channel);
  const panels = (columns + PANEL - 1) / PANEL;
  const block = g.tilesPerBlock;

  // V: [frequency][tile][channel]; W: [frequency][panel][tile][16]; sums: [frequency][channel][column]
  const vRow = oddLines((<usize>channels) << 2);
  const vPlane = oddLines(<usize>block * vRow);
  const wPanel = (<usize>block) << 6;
  const wPlane = oddLines(<usize>panels * wPanel);
  const sumRow = (<usize>panels) << 6;
  const sumPlane = oddLines(<usize>channels * sumRow);
  const v = scratch + HEAD;
  const w = v + <usize>frequencies * vPlane;
  const sums = w + <usize>frequencies * wPlane;
  const work = sums + <usize>frequencies * sumPlane;
  zero(scratch + NO_BASE, PANEL);

  const tileColumns = (g.outWidth + results - 1) / results;
  const tileRows = (g.outHeight + results - 1) / results;
  const tilesPerImage = tileRows * tileColumns;
  const total = <i64>(g.batch * tilesPerImage);
  const first = <i32>((total * split) / g.splits);
  const end = <i32>((total * (split + 1)) / g.splits);
  if (first == end) zero(sums, <i32>((<usize>frequencies * sumPlane) >> 2));

  const tile = changetype<Tile>(scratch);
  tile.runs = scratch + RUN;
  tile.runCount = 1;
  tile.step = vRow;
  tile.out = scratch + OUTS;
  tile.floor = -Infinity;
  store<usize>(scratch + RUN, 0);

  const images = changetype<Tiling>(scratch + IMAGES);
  images.images = g.x + ((<usize>channel) << 2);
  images.height = g.inHeight;
  images.width = g.inWidth;
  images.allChannels = g.inChannels;
  images.channels = channels;
  images.padTop = g.padTop;
  images.padLeft = g.padLeft;
  images.down = tileRows;
  images.across = tileColumns;
  images.strip = g.stripTiles;
  images.tilePitch = vRow;
  images.plane = vPlane;
  images.piece = vRow;
  images.piecePitch = 0;
  const gradients = changetype<Tiling>(scratch + GRADIENTS);
  gradients.images = g.dy + ((<usize>column) << 2);
  gradients.height = g.outHeight;
  gradients.width = g.outWidth;
  gradients.allChannels = g.outChannels;
  gradients.channels = columns;
  gradients.padTop = 0;
  gradients.padLeft = 0;
  gradients.down = tileRows;
  gradients.across = tileColumns;
  gradients.strip = g.stripTiles;
  gradients.tilePitch = 64;
  gradients.plane = wPlane;
  gradients.piece = 64;
  gradients.piecePitch = wPanel;

  for (let begin = first; begin < end; begin += block) {
    const count = min(block, end - begin);
    startTiling<Images<F>>(images, work);
    transformTiles<Images<F>>(images, work, begin, count, v);
    startTiling<Gradients<F>>(gradients, work);
    transformTiles<Gradients<F>>(gradients, work, begin, count, w);

    tile.runLength = count;
    tile.base = begin == first ? scratch + NO_BASE : 0;
    for (let frequency: usize = 0; frequency < <usize>frequencies; frequency++) {
      const left = v + frequency * vPlane;
      const right = w + frequency * wPlane;
      const out = sums + frequency * sumPlane;
      for (let row = 0; row < channels;) {
        const remaining = channels - row;
        const rows = remaining >= 6 ? 6 : remaining >= 4 ? 4 : remaining >= 2 ? 2 : 1;
        tile.left = left + ((<usize>row) << 2);
        for (let r = 0; r < rows; r++) {
          store<usize>(scratch + OUTS + ((<usize>r) << 2), out + <usize>(row + r) * sumRow);
        }
        for (let panel: usize = 0; panel < <usize>panels; panel++) {
          tile.panel = right + panel * wPanel;
          tile.outColumn = panel << 6;
          columnsTile(tile, rows, g.tileWidth == 8);
        }
        row += rows;
      }
    }
  }

  const dw =
    g.dw + ((<usize>(split * taps * taps * g.inChannels + channel) * <usize>g.outChannels + <usize>column) << 2);
  writeFilter<F>(sums, sumRow, sumPlane, dw, g.inChannels, g.outChannels, channels, columns, scratch + WRITING);
}

export function winogradFilterGradient4x3(args: usize, task: i32, scratch: usize): void {
  filterGradient<Form4x3>(args, task, scratch);
}

export function winogradFilterGradient2x5(args: usize, task: i32, scratch: usize): void {
  filterGradient<Form2x5>(args, task, scratch);
}

export function winogradFilterGradient6x3(args: usize, task: i32, scratch: usize): void {
  filterGradient<Form6x3>(args, task, scratch);
}

export function winogradFilterGradient4x5(args: usize, task: i32, scratch: usize): void {
  filterGradient<Form4x5>(args, task, scratch);
}
