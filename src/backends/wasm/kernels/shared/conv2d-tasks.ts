import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import { roundUp } from "../../../../core/alignment.ts";
import { share } from "./shares.ts";

/** How a convolution is divided. Functions of shapes alone, so that results do not depend on the number of threads. */
export interface Conv2DTasks {
  readonly tasks: number;
  /** Output rows of a task. */
  readonly rowsPerTask: number;
  readonly scratchBytes: number;
}

/** Columns of a panel of the micro-kernel. */
const PANEL = 16;
/** Output pixels of a task: enough to read the packed filter for. */
const PIXELS = 240;
/** Images with fewer output pixels are one task each. */
const WHOLE_IMAGE = 400;
/** A strip of the image stays in the second-level cache beside a stretch of the filter. */
const STRIP_BYTES = 640 * 1024;
/** Tasks wanted at least. */
const TASKS = 8;

export function conv2dTasks(g: Conv2DGeometry): Conv2DTasks {
  const stripBytes = (rows: number): number => 4 * stripHeight(g, rows) * stripWidth(g) * stripPitch(g.inChannels);
  let rows = g.outHeight * g.outWidth <= WHOLE_IMAGE ? g.outHeight : Math.ceil(PIXELS / g.outWidth);
  rows = Math.max(1, Math.min(rows, g.outHeight));
  while (rows > 1 && stripBytes(rows) > STRIP_BYTES) rows--;
  while (rows > 1 && g.batch * Math.ceil(g.outHeight / rows) < TASKS) rows = Math.ceil(rows / 2);
  // Equal parts.
  rows = Math.max(1, Math.ceil(g.outHeight / Math.ceil(g.outHeight / rows)));
  const pixels = rows * g.outWidth;
  return {
    tasks: g.batch * Math.ceil(g.outHeight / rows),
    rowsPerTask: rows,
    // The formula at `conv2d` in assembly/conv2d.ts.
    scratchBytes: 1024 + 192 + 64 + 8 * pixels + 8 * g.kernelHeight * g.kernelWidth + stripBytes(rows),
  };
}

/** Bytes of a filter in panels: `[groups][ceil(out / groups / 16)][kernelHeight * kernelWidth * in / groups][16]`. */
export function panelBytes(g: Conv2DGeometry): number {
  const panels = g.groups * Math.ceil(g.outChannels / g.groups / PANEL);
  return panels * g.kernelHeight * g.kernelWidth * (g.inChannels / g.groups) * PANEL * 4;
}

/** How the gradient of a filter is divided. */
export interface FilterGradientTasks {
  readonly tasks: number;
  readonly channelsPerTask: number;
  readonly columnsPerTask: number;
  readonly rowsPerStrip: number;
  /** Parts of the sum over images and pixels, each with a result of its own in the workspace. */
  readonly splits: number;
  readonly scratchBytes: number;
  readonly workspaceBytes: number;
}

/** Rows of the result (taps times input channels) that repay packing dy for a task. */
const RESULT_ROWS = 432;
/** Output pixels of a strip: with 16 columns of dy, a panel of 25 KiB. */
const STRIP_PIXELS = 400;
const FILTER_GRADIENT_TASKS = 16;

export function filterGradientTasks(g: Conv2DGeometry): FilterGradientTasks {
  const taps = g.kernelHeight * g.kernelWidth;
  const channels = g.inChannels / g.groups;
  const columns = g.outChannels / g.groups;
  // Under 16 channels neighbouring pixels make long rows together.
  const channelsPerTask =
    channels < 16
      ? Math.max(1, channels)
      : Math.min(channels, share(channels, Math.max(24, Math.floor(RESULT_ROWS / taps)), 6));
  let columnsPerTask = Math.max(PANEL, share(columns, 256, PANEL));
  const rowsPerStrip = Math.max(1, Math.min(g.outHeight, Math.floor(STRIP_PIXELS / Math.max(1, g.outWidth))));
  const blocks = (): number => g.groups * Math.ceil(channels / channelsPerTask) * Math.ceil(columns / columnsPerTask);
  if (blocks() < FILTER_GRADIENT_TASKS && columnsPerTask > 128) columnsPerTask = roundUp(columnsPerTask / 2, PANEL);
  const strips = Math.max(1, g.batch * Math.ceil(g.outHeight / rowsPerStrip));
  const splits = Math.max(1, Math.min(strips, Math.ceil(FILTER_GRADIENT_TASKS / Math.max(1, blocks()))));
  const rows = Math.min(rowsPerStrip, g.outHeight);
  const stripFloats = stripHeight(g, rows) * stripWidth(g) * stripPitch(channelsPerTask);
  return {
    tasks: splits * blocks(),
    channelsPerTask,
    columnsPerTask,
    rowsPerStrip,
    splits,
    // The formula at `conv2dFilterGradient` in assembly/conv2d-filter-gradient.ts.
    scratchBytes:
      1024 + 256 + 128 + 4 * (rows + taps * channelsPerTask + stripFloats + rows * g.outWidth * columnsPerTask),
    workspaceBytes: splits === 1 ? 0 : 4 * splits * taps * channels * g.outChannels,
  };
}

/** Image rows that so many output rows read; as copied by assembly/conv2d-strip.ts. */
function stripHeight(g: Conv2DGeometry, outRows: number): number {
  return Math.max(0, (outRows - 1) * g.strideHeight + (g.kernelHeight - 1) * g.dilationHeight + 1);
}

function stripWidth(g: Conv2DGeometry): number {
  return Math.max(0, (g.outWidth - 1) * g.strideWidth + (g.kernelWidth - 1) * g.dilationWidth + 1);
}

/** Floats from pixel to pixel of a copied strip, at most: an odd number of 64-byte lines. */
function stripPitch(channels: number): number {
  if (channels < 16) return channels;
  const lines = Math.ceil(channels / 16);
  return 16 * (lines % 2 === 0 ? lines + 1 : lines);
}
