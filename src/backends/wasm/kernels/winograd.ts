import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { tilesOf, type WinogradForm } from "../algorithms.ts";
import { type Launch, launch, type Machine } from "../kernel.ts";
import type { ConvolutionInput } from "./conv2d.ts";
import { clamp, roundUp, share } from "./shares.ts";

/** Columns of a panel of the micro-kernel, and rows of its tile. */
const PANEL = 16;
const TILE_ROWS = 6;
/** Rows of a task of the filter's transform. */
const FILTER_ROWS = 32;
/** Bytes of what a task makes of its tiles: they should stay in the second-level cache. */
const BLOCK_BYTES = 640 * 1024;
/** Tiles of a task: fewer read the filter too often, more leave the cache. */
const LEAST_TILES = 48;
const MOST_TILES = 96;
/** Tasks wanted at least, for balance. */
const TASKS = 16;
/** Panels of results that are transformed at a time. */
const PANELS_PER_PASS = 4;

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
  const { tasks, tilesPerTask, panelsPerPass, scratchBytes } = winogradTasks(form, g);
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
    panelsPerPass,
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
  const panelsPerPass = Math.min(PANELS_PER_PASS, outChannels / PANEL);
  const tileBytes = frequencies * (4 * channels + 64 * panelsPerPass);
  const fitting = clamp(Math.floor(BLOCK_BYTES / tileBytes), LEAST_TILES, MOST_TILES);
  const tilesPerTask = Math.min(tiles, share(tiles, Math.min(fitting, Math.max(TILE_ROWS, Math.ceil(tiles / TASKS))), TILE_ROWS));
  return {
    tasks: Math.ceil(tiles / tilesPerTask),
    tilesPerTask,
    panelsPerPass,
    // The formula at `blockOfTiles` in assembly/winograd.ts.
    scratchBytes:
      4608 +
      4 * tilesPerTask * (2 + form.results ** 2) +
      4 * (channels + outChannels + 16) +
      frequencies * (4 * tilesPerTask * channels + 128) +
      tilesPerTask * (frequencies * 64 * panelsPerPass + 64) +
      256,
  };
}
