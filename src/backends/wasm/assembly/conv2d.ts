/**
 * Convolution in NHWC, as a blocked product whose left rows are windows of the image, never laid out as a matrix.
 *
 * The same kernel is the gradient with respect to the images: a convolution of dy with the transposed filter, once for each
 * phase (row, column) of the strides; the output view then skips from phase to phase.
 */

import { copyStrip, Strip, stripPitch } from "./conv2d-strip";
import { Block, BLOCK_BYTES, blockAt, multiplyRows, STRETCH } from "./micro-kernel-block";
import { PANEL } from "./micro-kernel";
import { packPanels, packPanelsTransposed } from "./pack";

@unmanaged
export class Conv2dArgs {
  /** [batch][inHeight][inWidth][inChannels] */
  x: usize;
  /** Packed by `conv2dPack`: [groups][ceil(outChannels / groups / 16)][kernelHeight * kernelWidth * inChannels / groups][16] */
  panels: usize;
  /** [outChannels], or 0 */
  bias: usize;
  /** First element; the pitches below say where the others lie. */
  y: usize;
  /** Laid out like y: the result is kept where the mask is > 0 and else 0 (the gradient of a relu); 0: no mask. */
  mask: usize;
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
  /** Rows and columns of zeros before the image; may be negative: the image's first ones are then skipped. */
  padTop: i32;
  padLeft: i32;
  groups: i32;
  /** float32 from output image to image, row to row, pixel to pixel */
  yImagePitch: i32;
  yRowPitch: i32;
  yPixelPitch: i32;
  /** Output rows of a task. */
  rowsPerTask: i32;
  /** 0 none, 1 relu */
  activation: i32;
  /** 16, or 8 for runtimes without revectorization */
  tileWidth: i32;
}

/**
 * Tasks: batch * ceil(outHeight / rowsPerTask).
 * Scratch, with P = min(rowsPerTask, outHeight) * outWidth, H = (min(rowsPerTask, outHeight) - 1) * strideHeight +
 * (kernelHeight - 1) * dilationHeight + 1, W likewise for the whole output width, C = stripPitch(inChannels):
 * 1024 + 192 + 8 * P + 8 * kernelHeight * kernelWidth + 4 * H * W * C bytes, and 64 more.
 */
export function conv2d(args: usize, task: i32, scratch: usize): void {
  const g = changetype<Conv2dArgs>(args);
  const rowTasks = (g.outHeight + g.rowsPerTask - 1) / g.rowsPerTask;
  const image = <usize>(task / rowTasks);
  const firstRow = (task % rowTasks) * g.rowsPerTask;
  const outRows = min(g.rowsPerTask, g.outHeight - firstRow);
  const pixels = outRows * g.outWidth;
  const taps = g.kernelHeight * g.kernelWidth;
  const groupIn = g.inChannels / g.groups;
  const groupOut = g.outChannels / g.groups;

  const block = blockAt(scratch);
  const strip = changetype<Strip>(scratch + BLOCK_BYTES);
  const runs = scratch + BLOCK_BYTES + 64;
  block.lefts = runs + ((<usize>taps) << 2) + 128;
  block.outs = block.lefts + ((<usize>pixels) << 2);
  const copyAt = (block.outs + ((<usize>pixels) << 2) + 63) & ~63;

  // The strip: image rows [top, top + height), columns [left, left + width).
  const top = firstRow * g.strideHeight - g.padTop;
  const left = -g.padLeft;
  const height = (outRows - 1) * g.strideHeight + (g.kernelHeight - 1) * g.dilationHeight + 1;
  const width = (g.outWidth - 1) * g.strideWidth + (g.kernelWidth - 1) * g.dilationWidth + 1;
  const inside = top >= 0 && left >= 0 && top + height <= g.inHeight && left + width <= g.inWidth;
  const imageAt = g.x + ((image * <usize>g.inHeight * <usize>g.inWidth * <usize>g.inChannels) << 2);
  const inPlace = inside && (g.inChannels & 255) != 0;
  let pixelPitch = g.inChannels;
  let rowPitch = g.inWidth * pixelPitch;
  let origin = imageAt + ((<usize>(top * rowPitch + left * pixelPitch)) << 2);
  if (!inPlace) {
    // Dense pixels make long runs of k; only channel counts that crowd the cache are spread.
    pixelPitch = (g.inChannels & 127) == 0 && g.inChannels >= 256 ? stripPitch(g.inChannels) : g.inChannels;
    rowPitch = width * pixelPitch;
    origin = copyAt;
    strip.x = imageAt;
    strip.inHeight = g.inHeight;
    strip.inWidth = g.inWidth;
    strip.channels = g.inChannels;
    strip.take = g.inChannels;
    strip.top = top;
    strip.left = left;
    strip.height = height;
    strip.width = width;
    strip.to = copyAt;
    strip.pitch = pixelPitch;
    copyStrip(strip);
  }

  let at: usize = 0;
  for (let row = 0; row < outRows; row++) {
    const y = g.y + ((image * <usize>g.yImagePitch + <usize>(firstRow + row) * <usize>g.yRowPitch) << 2);
    const x = origin + ((<usize>(row * g.strideHeight * rowPitch)) << 2);
    for (let column = 0; column < g.outWidth; column++, at += 4) {
      store<usize>(block.outs + at, y + ((<usize>(column * g.yPixelPitch)) << 2));
      store<usize>(block.lefts + at, x + ((<usize>(column * g.strideWidth * pixelPitch)) << 2));
    }
  }

  // A row of the filter is one run of k where its pixels touch, else each of its positions is.
  const rowRuns = g.groups == 1 && g.dilationWidth == 1 && pixelPitch == g.inChannels;
  const runCount = rowRuns ? g.kernelHeight : taps;
  const runLength = rowRuns ? g.kernelWidth * groupIn : groupIn;
  for (let run = 0; run < runCount; run++) {
    const row = rowRuns ? run : run / g.kernelWidth;
    const column = rowRuns ? 0 : run % g.kernelWidth;
    const offset = row * g.dilationHeight * rowPitch + column * g.dilationWidth * pixelPitch;
    store<i32>(runs + ((<usize>run) << 2), offset << 2);
  }

  block.rowCount = pixels;
  block.columnCount = groupOut;
  block.mask = g.mask ? g.mask - g.y : 0;
  block.activation = g.activation;
  block.halves = g.tileWidth == 8;
  block.panelPitch = (<usize>(taps * groupIn)) << 6;
  const groupPanels = block.panelPitch * <usize>((groupOut + PANEL - 1) / PANEL);
  for (let group = 0; group < g.groups; group++) {
    block.bias = g.bias ? g.bias + ((<usize>(group * groupOut)) << 2) : 0;
    multiplyRuns(block, runs, runCount, runLength, g.panels + groupPanels * <usize>group);
    if (group + 1 < g.groups) moveGroup(block, pixels, groupIn, groupOut);
  }
}

/** Moves rows and outputs to the next group's channels. */
function moveGroup(block: Block, pixels: i32, groupIn: i32, groupOut: i32): void {
  for (let p: usize = 0; p < <usize>pixels; p++) {
    const left = block.lefts + (p << 2);
    const out = block.outs + (p << 2);
    store<usize>(left, load<usize>(left) + ((<usize>groupIn) << 2));
    store<usize>(out, load<usize>(out) + ((<usize>groupOut) << 2));
  }
}

/** The whole sum over k: in stretches of several short runs, or of equal parts of a long one. */
function multiplyRuns(block: Block, runs: usize, runCount: i32, runLength: i32, panels: usize): void {
  block.panels = panels;
  block.first = true;
  if (runCount == 0 || runLength == 0) {
    // No term at all: the bias, or zeros.
    block.runCount = 0;
    block.runLength = 0;
    block.last = true;
    multiplyRows(block);
    return;
  }
  if (runLength <= STRETCH) {
    const most = max(1, STRETCH / runLength);
    const parts = (runCount + most - 1) / most;
    const part = (runCount + parts - 1) / parts;
    block.runLength = runLength;
    for (let run = 0; run < runCount; run += part) {
      block.runs = runs + ((<usize>run) << 2);
      block.runCount = min(part, runCount - run);
      block.last = run + part >= runCount;
      multiplyRows(block);
      block.first = false;
      block.panels += (<usize>(block.runCount * runLength)) << 6;
    }
    return;
  }
  const parts = (runLength + STRETCH - 1) / STRETCH;
  const part = (runLength + parts - 1) / parts;
  const here = changetype<usize>(block) + BLOCK_BYTES - 8;
  block.runs = here;
  block.runCount = 1;
  for (let run = 0; run < runCount; run++) {
    const offset = load<i32>(runs + ((<usize>run) << 2));
    for (let k = 0; k < runLength; k += part) {
      store<i32>(here, offset + (k << 2));
      block.runLength = min(part, runLength - k);
      block.last = run + 1 == runCount && k + part >= runLength;
      multiplyRows(block);
      block.first = false;
      block.panels += (<usize>block.runLength) << 6;
    }
  }
}

@unmanaged
export class Conv2dPackArgs {
  /** Filter, HWIO: [filterHeight][filterWidth][inChannels][outChannels], inChannels of one group, outChannels of all. */
  filter: usize;
  /** See `conv2d`; 64-byte aligned. */
  panels: usize;
  filterWidth: i32;
  inChannels: i32;
  outChannels: i32;
  groups: i32;
  /** The filter positions to pack, in packed order: row firstRow + i * rowStep for 0 <= i < rows; columns likewise. */
  firstRow: i32;
  rowStep: i32;
  rows: i32;
  firstColumn: i32;
  columnStep: i32;
  columns: i32;
  /** 0: k runs over inChannels and panels over outChannels (forward); 1: the other way round (gradient of the images). */
  transpose: i32;
}

/** Tasks: groups * rows * columns, each one position of the filter. No scratch. */
export function conv2dPack(args: usize, task: i32, scratch: usize): void {
  const g = changetype<Conv2dPackArgs>(args);
  const positions = g.rows * g.columns;
  const group = task / positions;
  const position = task % positions;
  const row = g.firstRow + (position / g.columns) * g.rowStep;
  const column = g.firstColumn + (position % g.columns) * g.columnStep;
  const groupOut = g.outChannels / g.groups;
  const pitch = (<usize>g.outChannels) << 2;
  const from =
    g.filter + <usize>((row * g.filterWidth + column) * g.inChannels) * pitch + ((<usize>(group * groupOut)) << 2);
  const inner = g.transpose ? groupOut : g.inChannels;
  const outer = g.transpose ? g.inChannels : groupOut;
  const panelPitch = (<usize>(positions * inner)) << 6;
  const panelCount = <usize>((outer + PANEL - 1) / PANEL);
  const to = g.panels + <usize>group * panelCount * panelPitch + ((<usize>(position * inner)) << 6);
  if (g.transpose) packPanelsTransposed(from, pitch, to, panelPitch, inner, outer);
  else packPanels(from, pitch, to, panelPitch, inner, outer);
}
