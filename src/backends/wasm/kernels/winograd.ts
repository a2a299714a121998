import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { tilesAtATime, tilesOf, type WinogradForm } from "../algorithms.ts";
import { type Launch, launch, type Machine } from "../kernel.ts";
import type { ConvolutionInput } from "./conv2d.ts";
import { clamp, roundUp, share } from "./shares.ts";

/** Columns of a panel of the micro-kernel, and rows of its tile. */
const PANEL = 16;
const TILE_ROWS = 6;
/** Rows of a task of the filter's transform. */
const FILTER_ROWS = 32;
/** Tasks wanted at least, for balance. */
const TASKS = 16;
/** Panels of a task at least: its products should cost more than the transform of its tiles. */
const LEAST_PANELS = 4;
/** Channels of x and of dy of a task of the filter's gradient, at most: its sums take 2.4 MB, in the third-level cache. */
const GRADIENT_CHANNELS = 128;
/** Tiles whose transforms such a task makes at a time. */
const GRADIENT_TILES = 48;

/** Where the results of a Winograd convolution go. */
export interface WinogradOutput {
  readonly y: number;
  /** Laid out like y; results are kept where it is > 0. 0: no mask. */
  readonly mask: number;
}

/** Transforms a filter `[taps, taps, in, out]`; `transposed` turns it round and swaps in and out: for the gradient of the images. */
export function winogradFilterLaunch(
  form: WinogradForm,
  { filter, panels }: { readonly filter: number; readonly panels: number },
  { inChannels, outChannels }: { readonly inChannels: number; readonly outChannels: number },
  transposed: boolean,
): Launch {
  const [inner, outer] = transposed ? [outChannels, inChannels] : [inChannels, outChannels];
  // The order of WinogradFilterArgs in assembly/winograd-filter.ts.
  return launch(
    `winogradFilter${form.suffix}`,
    Math.ceil(outer / PANEL) * Math.ceil(inner / FILTER_ROWS),
    { filter, panels, inChannels, outChannels, transpose: transposed ? 1 : 0 },
    form.points * form.taps * 32 + form.taps ** 2 * FILTER_ROWS * 64,
  );
}

/** Bytes of a transformed filter: `[ceil(out / 16)][points²][in | 1][16]`. */
export function winogradPanelBytes(form: WinogradForm, g: Conv2DGeometry): number {
  return Math.ceil(g.outChannels / PANEL) * form.points ** 2 * (g.inChannels | 1) * PANEL * 4;
}

/** Convolves with a transformed filter. */
export function winogradLaunch(
  form: WinogradForm,
  g: Conv2DGeometry,
  { x, panels, bias, activation }: ConvolutionInput,
  { y, mask }: WinogradOutput,
  machine: Machine,
): Launch {
  const { tasks, tilesPerTask, panelsPerTask, scratchBytes } = winogradTasks(form, g);
  // The order of WinogradArgs in assembly/winograd.ts.
  const args = {
    x,
    panels,
    bias,
    y,
    mask,
    batch: g.batch,
    inHeight: g.inHeight,
    inWidth: g.inWidth,
    inChannels: g.inChannels,
    outHeight: g.outHeight,
    outWidth: g.outWidth,
    outChannels: g.outChannels,
    padTop: g.padTop,
    padLeft: g.padLeft,
    tilesPerTask,
    panelsPerTask,
    activation: activation === "relu" ? 1 : 0,
    tileWidth: machine.tileColumns,
  };
  return launch(`winograd${form.suffix}`, tasks, args, scratchBytes);
}

/** How tiles fall into tasks: a function of shapes alone, though results would be the same for any division. */
function winogradTasks(form: WinogradForm, g: Conv2DGeometry) {
  const frequencies = form.points ** 2;
  const tiles = tilesOf(g, form);
  const channels = roundUp(g.inChannels, 8);
  const outChannels = roundUp(g.outChannels, PANEL);
  const tilesPerTask = Math.min(tiles, share(tiles, tilesAtATime(form, g), TILE_ROWS));
  const blocks = Math.ceil(tiles / tilesPerTask);
  // With few blocks of tiles, output channels are divided too; each such task transforms its tiles for itself.
  const panels = outChannels / PANEL;
  const panelsPerTask = Math.min(panels, Math.max(LEAST_PANELS, Math.ceil(panels / Math.ceil(TASKS / blocks))));
  return {
    tasks: blocks * Math.ceil(panels / panelsPerTask),
    tilesPerTask,
    panelsPerTask,
    // The formula at `blockOfTiles` in assembly/winograd.ts.
    scratchBytes:
      4608 +
      4 * tilesPerTask * (2 + form.results ** 2) +
      4 * (channels + outChannels + 16) +
      frequencies * (4 * tilesPerTask * channels + 64 * tilesPerTask + 256) +
      256,
  };
}

/** How the gradient of a filter is divided. */
export interface WinogradFilterGradientTasks {
  readonly tasks: number;
  readonly channelsPerTask: number;
  readonly columnsPerTask: number;
  readonly tilesPerBlock: number;
  /** Parts of the sum over tiles, each with a result of its own in the workspace. */
  readonly splits: number;
  readonly scratchBytes: number;
  readonly workspaceBytes: number;
}

export function winogradFilterGradientTasks(form: WinogradForm, g: Conv2DGeometry): WinogradFilterGradientTasks {
  const frequencies = form.points ** 2;
  const tiles = tilesOf(g, form);
  const channelsPerTask = share(g.inChannels, GRADIENT_CHANNELS, 8);
  const columnsPerTask = share(g.outChannels, GRADIENT_CHANNELS, PANEL);
  const blocks = Math.ceil(g.inChannels / channelsPerTask) * Math.ceil(g.outChannels / columnsPerTask);
  const splits = clamp(Math.ceil(TASKS / blocks), 1, Math.ceil(tiles / GRADIENT_TILES));
  const tilesPerBlock = share(Math.ceil(tiles / splits), GRADIENT_TILES, 1);
  return {
    tasks: splits * blocks,
    channelsPerTask,
    columnsPerTask,
    tilesPerBlock,
    splits,
    // The formula at `filterGradient` in assembly/winograd-filter-gradient.ts.
    scratchBytes:
      4608 +
      4 * Math.max(channelsPerTask, columnsPerTask) +
      frequencies *
        (4 * (tilesPerBlock * (channelsPerTask + 32 + columnsPerTask) + channelsPerTask * columnsPerTask) + 384) +
      256,
    workspaceBytes: splits === 1 ? 0 : 4 * splits * form.taps ** 2 * g.inChannels * g.outChannels,
  };
}

/** The gradient of a filter, in `splits` parts. */
export function winogradFilterGradientLaunch(
  form: WinogradForm,
  g: Conv2DGeometry,
  addresses: { readonly x: number; readonly dy: number; readonly dw: number },
  machine: Machine,
): Launch {
  const { tasks, channelsPerTask, columnsPerTask, tilesPerBlock, splits, scratchBytes } = winogradFilterGradientTasks(
    form,
    g,
  );
  // The order of WinogradFilterGradientArgs in assembly/winograd-filter-gradient.ts.
  const args = {
    x: addresses.x,
    dy: addresses.dy,
    dw: addresses.dw,
    batch: g.batch,
    inHeight: g.inHeight,
    inWidth: g.inWidth,
    inChannels: g.inChannels,
    outHeight: g.outHeight,
    outWidth: g.outWidth,
    outChannels: g.outChannels,
    padTop: g.padTop,
    padLeft: g.padLeft,
    channelsPerTask,
    columnsPerTask,
    tilesPerBlock,
    splits,
    tileWidth: machine.tileColumns,
  };
  return launch(`winogradFilterGradient${form.suffix}`, tasks, args, scratchBytes);
}
