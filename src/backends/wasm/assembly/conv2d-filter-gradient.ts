/**
 * Gradient of a convolution with respect to its filter:
 *
 *     dw[tap][in][out] = sum over images and pixels p of x[p at tap][in] * dy[p][out]
 *
 * A product with a long sum (batch * pixels) and a small result. A task owns a block of the result - all taps of a slice of the
 * input channels by some output channels - so no two tasks add to the same place. It walks over the images in strips of a few
 * output rows, copies its own channels of the strip (with the padding's zeros), packs its columns of dy, and lets the micro-kernel
 * read the strip in columns: neighbouring channels are the rows of the product, pixels its k. When the result is too small to
 * occupy the workers, strips are also divided into `splits` parts with a result each, and `conv2dFilterGradientSum` adds them in
 * order. Splits depend on shapes only.
 */

import { copyStrip, Strip, stripPitch } from "./conv2d-strip";
import { BLOCK_BYTES, blockAt, multiplyColumns } from "./micro-kernel-block";
import { PANEL } from "./micro-kernel";
import { packPanels } from "./pack";
import { storePair, zero } from "./simd";

@unmanaged
export class Conv2dFilterGradientArgs {
  /** [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** [batch][outHeight][outWidth][outChannels] */
  dy: usize;
  /** [splits][kernelHeight][kernelWidth][inChannels / groups][outChannels]: dw itself when splits is 1 */
  dw: usize;
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
  padTop: i32;
  padLeft: i32;
  groups: i32;
  /** Input channels (of one group) and output channels (a multiple of 16) of a task. */
  channelsPerTask: i32;
  columnsPerTask: i32;
  /** Output rows of a strip. */
  rowsPerStrip: i32;
  splits: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

/**
 * Tasks: splits * groups * ceil(inChannels / groups / channelsPerTask) * ceil(outChannels / groups / columnsPerTask).
 * Scratch, with R = min(rowsPerStrip, outHeight), H = (R - 1) * strideHeight + (kernelHeight - 1) * dilationHeight + 1, W likewise
 * for the whole output width, C = stripPitch(channelsPerTask):
 * 1024 + 256 + 4 * R + 4 * kernelHeight * kernelWidth * channelsPerTask + 4 * H * W * C + 4 * R * outWidth * columnsPerTask bytes,
 * and 128 more.
 */
export function conv2dFilterGradient(args: usize, task: i32, scratch: usize): void {
  const g = changetype<Conv2dFilterGradientArgs>(args);
  const groupIn = g.inChannels / g.groups;
  const groupOut = g.outChannels / g.groups;
  const columnTasks = (groupOut + g.columnsPerTask - 1) / g.columnsPerTask;
  const channelTasks = (groupIn + g.channelsPerTask - 1) / g.channelsPerTask;
  const column = (task % columnTasks) * g.columnsPerTask;
  task /= columnTasks;
  const channel = (task % channelTasks) * g.channelsPerTask;
  task /= channelTasks;
  const group = task % g.groups;
  const split = task / g.groups;
  const columns = min(g.columnsPerTask, groupOut - column);
  const channels = min(g.channelsPerTask, groupIn - channel);
  const taps = g.kernelHeight * g.kernelWidth;
  const pitch = stripPitch(channels);
  const stripRows = min(g.rowsPerStrip, g.outHeight);
  const width = (g.outWidth - 1) * g.strideWidth + (g.kernelWidth - 1) * g.dilationWidth + 1;

  const block = blockAt(scratch);
  const strip = changetype<Strip>(scratch + BLOCK_BYTES);
  const runs = scratch + BLOCK_BYTES + 64;
  const outs = runs + ((<usize>stripRows) << 2) + 128;
  const packed = (outs + ((<usize>(taps * channels)) << 2) + 63) & ~63;
  const stripAt = (packed + <usize>(stripRows * g.outWidth * ((columns + PANEL - 1) / PANEL)) * 64 + 63) & ~63;

  // Rows of the product in the order of dw: taps, then channels.
  const columnBytes = (<usize>(group * groupOut + column)) << 2;
  const dw = g.dw + <usize>split * <usize>(taps * groupIn) * ((<usize>g.outChannels) << 2) + columnBytes;
  for (let tap = 0, at = outs; tap < taps; tap++) {
    for (let c = 0; c < channels; c++, at += 4) {
      store<usize>(at, dw + <usize>(tap * groupIn + channel + c) * ((<usize>g.outChannels) << 2));
    }
  }

  const strips = (g.outHeight + g.rowsPerStrip - 1) / g.rowsPerStrip;
  const total = g.batch * strips;
  const first = <i32>((<i64>total * split) / g.splits);
  const end = <i32>((<i64>total * (split + 1)) / g.splits);
  if (first == end) {
    for (let row: usize = 0; row < <usize>(taps * channels); row++) zero(load<usize>(outs + (row << 2)), columns);
    return;
  }

  strip.inHeight = g.inHeight;
  strip.inWidth = g.inWidth;
  strip.channels = g.inChannels;
  strip.take = channels;
  strip.left = -g.padLeft;
  strip.width = width;
  strip.to = stripAt;
  strip.pitch = pitch;

  // A row of the filter is one stretch of rows of the product where its pixels touch, else each of its positions is.
  const rowRuns = pitch == channels && channels == groupIn && g.dilationWidth == 1;
  const lefts = rowRuns ? g.kernelHeight : taps;
  const leftRows = rowRuns ? g.kernelWidth * channels : channels;
  const rowPitch = width * pitch;

  block.columnCount = columns;
  block.bias = 0;
  block.mask = 0;
  block.activation = 0;
  block.last = true;
  block.halves = g.tileWidth == 8;
  block.panels = packed;
  block.runs = runs;
  block.runLength = g.outWidth;
  block.step = (<usize>(g.strideWidth * pitch)) << 2;
  block.rowCount = leftRows;
  for (let row = 0; row < stripRows; row++) {
    store<i32>(runs + ((<usize>row) << 2), (row * g.strideHeight * rowPitch) << 2);
  }

  for (let index = first; index < end; index++) {
    const image = <usize>(index / strips);
    const outRow = (index % strips) * g.rowsPerStrip;
    const rows = min(g.rowsPerStrip, g.outHeight - outRow);
    const pixels = rows * g.outWidth;

    strip.x =
      g.x + ((image * <usize>(g.inHeight * g.inWidth) * <usize>g.inChannels + <usize>(group * groupIn + channel)) << 2);
    strip.top = outRow * g.strideHeight - g.padTop;
    strip.height = (rows - 1) * g.strideHeight + (g.kernelHeight - 1) * g.dilationHeight + 1;
    copyStrip(strip);

    const dyPixel = (image * <usize>g.outHeight + <usize>outRow) * <usize>g.outWidth;
    const dyPitch = (<usize>g.outChannels) << 2;
    block.panelPitch = (<usize>pixels) << 6;
    packPanels(g.dy + dyPixel * dyPitch + columnBytes, dyPitch, packed, block.panelPitch, pixels, columns);

    block.runCount = rows;
    block.first = index == first;
    for (let left = 0; left < lefts; left++) {
      const filterRow = rowRuns ? left : left / g.kernelWidth;
      const filterColumn = rowRuns ? 0 : left % g.kernelWidth;
      const offset = filterRow * g.dilationHeight * rowPitch + filterColumn * g.dilationWidth * pitch;
      block.lefts = stripAt + ((<usize>offset) << 2);
      block.outs = outs + ((<usize>(left * leftRows)) << 2);
      multiplyColumns(block);
    }
  }
}

@unmanaged
export class Conv2dFilterGradientSumArgs {
  /** [splits][count] */
  parts: usize;
  /** [count] */
  dw: usize;
  count: i32;
  splits: i32;
}

/** Elements of a task: 16 KiB. */
const SUM_PART: i32 = 4096;

/** dw = sum of the parts, first to last. Tasks: ceil(count / 4096). No scratch. */
export function conv2dFilterGradientSum(args: usize, task: i32, scratch: usize): void {
  const g = changetype<Conv2dFilterGradientSumArgs>(args);
  const begin = task * SUM_PART;
  const end = min(begin + SUM_PART, g.count);
  const pitch = (<usize>g.count) << 2;
  let i = begin;
  for (; i <= end - 8; i += 8) {
    const at = (<usize>i) << 2;
    let part = g.parts + at;
    let low = v128.load(part);
    let high = v128.load(part, 16);
    for (let s = 1; s < g.splits; s++) {
      part += pitch;
      low = f32x4.add(low, v128.load(part));
      high = f32x4.add(high, v128.load(part, 16));
    }
    storePair(g.dw + at, low, high);
  }
  for (; i < end; i++) {
    const at = (<usize>i) << 2;
    let part = g.parts + at;
    let sum = load<f32>(part);
    for (let s = 1; s < g.splits; s++) {
      part += pitch;
      sum += load<f32>(part);
    }
    store<f32>(g.dw + at, sum);
  }
}
