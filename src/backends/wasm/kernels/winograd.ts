import type { Conv2DGeometry } from "../../../ops/shared/conv2d-geometry.ts";
import { tilesOf, type WinogradForm, winogradPlace } from "../algorithms.ts";
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
/** Tiles of a strip of transforms: its rows should stay in the first-level cache. */
const STRIP_TILES = 2;
/** Panels whose products are made before results are: more of them read images less often and write longer runs. */
const PANELS_OF_PASS = { near: 4, far: 1, memory: 8 };
/** Transforms of images that lie in the workspace at a time, for tasks to share. */
const SHARED_IMAGE_BYTES = 32 * 2 ** 20;
/** The head of a task's scratch memory: HEAD in assembly/winograd.ts. */
const WINOGRAD_HEAD = 1792 + 12288;
/** Channels of x and of dy of a task of the filter's gradient, at most: its sums take 2.4 MB, in the third-level cache. */
const GRADIENT_CHANNELS = 128;
/** Tiles whose transforms such a task makes at a time. */
const GRADIENT_TILES = 48;

/** Where the results of a Winograd convolution go. */
export interface WinogradOutput {
  readonly y: number;
  /** Laid out like y; results are kept where it is > 0. */
  readonly mask?: number | undefined;
  /** Instead of results come the maxima of windows of 2x2, two apart; here, in bytes, which cell each came from. */
  readonly winners?: number | undefined;
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

/** Bytes of a transformed filter, `[ceil(out / 16)][points²][in | 1][16]`, and of the transformed images of a launch behind it. */
export function winogradPanelBytes(form: WinogradForm, g: Conv2DGeometry): number {
  return filterBytes(form, g) + winogradTasks(form, g).imageBytes;
}

function filterBytes(form: WinogradForm, g: Conv2DGeometry): number {
  return Math.ceil(g.outChannels / PANEL) * form.points ** 2 * (g.inChannels | 1) * PANEL * 4;
}

/** Convolves with a transformed filter. */
export function winogradLaunches(
  form: WinogradForm,
  g: Conv2DGeometry,
  { x, panels, bias, activation }: ConvolutionInput,
  { y, mask = 0, winners = 0 }: WinogradOutput,
  machine: Machine,
): Launch[] {
  const { tilesPerLaunch, tilesPerTask, stripTiles, panelsPerTask, panelsPerPass, ...rest } = winogradTasks(form, g);
  const { imageBytes, stripBytes } = rest;
  // A tile's results before they are pooled.
  const scratchBytes = rest.scratchBytes + (winners === 0 ? 0 : 64 * form.results ** 2 * panelsPerPass);
  const tiles = tilesOf(g, form);
  const launches: Launch[] = [];
  for (let firstTile = 0; firstTile < tiles; firstTile += tilesPerLaunch) {
    const count = Math.min(tilesPerLaunch, tiles - firstTile);
    // The order of WinogradArgs in assembly/winograd.ts.
    const args = {
      x,
      panels,
      bias,
      y,
      mask,
      winners,
      ...sizeWords(g),
      v: imageBytes > 0 ? panels + filterBytes(form, g) : 0,
      firstTile,
      tiles: count,
      tilesPerTask,
      stripTiles,
      panelsPerTask,
      panelsPerPass,
      activation: activation === "relu" ? 1 : 0,
      tileWidth: machine.tileColumns,
    };
    if (imageBytes > 0)
      launches.push(launch(`winogradInput${form.suffix}`, Math.ceil(count / stripTiles), args, stripBytes));
    const tasks = Math.ceil(count / tilesPerTask) * Math.ceil(Math.ceil(g.outChannels / PANEL) / panelsPerTask);
    launches.push(launch(`winograd${form.suffix}`, tasks, args, scratchBytes));
  }
  return launches;
}

/** The sizes in the order that both kernels' records have. */
function sizeWords(g: Conv2DGeometry) {
  const { batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padTop, padLeft } = g;
  return { batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padTop, padLeft };
}

/** As `oddLines` in assembly/pack.ts. */
function oddLines(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

/** Bytes that a task needs to transform strips. */
function stripWork(form: WinogradForm, channels: number, strip: number): number {
  return 320 + (form.points + 1) * oddLines(4 * ((strip - 1) * form.results + form.points) * channels + 32);
}

/** How tiles fall into launches and tasks: a function of shapes alone, though results would be the same for any division. */
function winogradTasks(form: WinogradForm, g: Conv2DGeometry) {
  const frequencies = form.points ** 2;
  const tiles = tilesOf(g, form);
  const panels = Math.ceil(g.outChannels / PANEL);
  const place = winogradPlace(form, g);
  // Where many tiles share a read of the filter, their transforms leave the near caches anyway: then tasks share those too.
  const shared = place === "memory";
  const imagesOf = (count: number): number => frequencies * oddLines(4 * count * roundUp(g.inChannels, 8));
  const launches = shared ? Math.ceil(imagesOf(tiles) / SHARED_IMAGE_BYTES) : 1;
  const tilesPerLaunch = Math.ceil(tiles / launches);
  const tilesPerTask = Math.min(tilesPerLaunch, share(tilesPerLaunch, shared ? 96 : 12, TILE_ROWS));
  const stripTiles = Math.min(tilesPerTask, STRIP_TILES);
  // With few blocks of tiles, output channels are divided too; unless they share them, such tasks transform their tiles each.
  const blocks = Math.ceil(tilesPerLaunch / tilesPerTask);
  const panelsPerTask = Math.min(panels, Math.max(LEAST_PANELS, Math.ceil(panels / Math.ceil(TASKS / blocks))));
  const panelsPerPass = Math.min(panelsPerTask, PANELS_OF_PASS[place]);
  const stripBytes = stripWork(form, g.inChannels, stripTiles);
  // The formulas at `inputStrip` and `blockOfTiles` in assembly/winograd.ts.
  const scratchBytes =
    WINOGRAD_HEAD +
    4 * tilesPerTask * (2 + form.results ** 2) +
    64 * panels +
    frequencies * (64 * tilesPerTask * panelsPerPass + 128) +
    256;
  return {
    tilesPerLaunch,
    tilesPerTask,
    stripTiles,
    panelsPerTask,
    panelsPerPass,
    imageBytes: shared ? imagesOf(tilesPerLaunch) : 0,
    stripBytes: WINOGRAD_HEAD + stripBytes,
    scratchBytes: shared ? scratchBytes : scratchBytes + imagesOf(tilesPerTask) + stripBytes,
  };
}

/** How the gradient of a filter is divided. */
export interface WinogradFilterGradientTasks {
  readonly tasks: number;
  readonly channelsPerTask: number;
  readonly columnsPerTask: number;
  readonly tilesPerBlock: number;
  readonly stripTiles: number;
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
  const stripTiles = Math.min(tilesPerBlock, STRIP_TILES);
  return {
    tasks: splits * blocks,
    channelsPerTask,
    columnsPerTask,
    tilesPerBlock,
    stripTiles,
    splits,
    // The formula at `filterGradient` in assembly/winograd-filter-gradient.ts.
    scratchBytes:
      4608 +
      stripWork(form, Math.max(channelsPerTask, columnsPerTask), stripTiles) +
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
  const { tasks, channelsPerTask, columnsPerTask, tilesPerBlock, stripTiles, splits, scratchBytes } =
    winogradFilterGradientTasks(form, g);
  // The order of WinogradFilterGradientArgs in assembly/winograd-filter-gradient.ts.
  const args = {
    x: addresses.x,
    dy: addresses.dy,
    dw: addresses.dw,
    ...sizeWords(g),
    channelsPerTask,
    columnsPerTask,
    tilesPerBlock,
    stripTiles,
    splits,
    tileWidth: machine.tileColumns,
  };
  return launch(`winogradFilterGradient${form.suffix}`, tasks, args, scratchBytes);
}
