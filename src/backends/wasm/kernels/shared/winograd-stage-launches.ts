/** The stages that convolutions and gradients of filters share, each a launch of its own, some tiles at a time. */

import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import { tilesOf, type WinogradForm } from "../../algorithms.ts";
import { type Launch, launch, type Machine } from "../../kernel.ts";
import { share } from "./shares.ts";
import { PANEL, type Panels, type Planes, STRIP_TILES, stripWork, TILE_ROWS } from "./winograd-layout.ts";

/** Transforms that lie in the workspace at a time, of images and of results each. */
const STAGE_BYTES = 32 * 2 ** 20;
/** Rows of the left side that a task of the products packs: 270 KB of 512 channels, as in a matrix product. */
const ROWS_PER_TASK = 132;
/**
 * Steps that a sum takes in registers before it joins what is in memory, at most: as in the kernel that takes blocks through all
 * stages. Longer ones would be no faster, and less exact.
 */
const LONGEST_STRETCH = 512;

/** Tiles whose transforms fit into the workspace's share, in equal rounds. */
export function tilesPerRoundOf(form: WinogradForm, g: Conv2DGeometry): number {
  const tiles = tilesOf(g, form);
  const bytes = 4 * form.points ** 2 * tiles * Math.max(g.inChannels, g.outChannels);
  return Math.ceil(tiles / Math.ceil(bytes / STAGE_BYTES));
}

/** What is transformed: images, or the gradient of results. */
export interface Transformed {
  readonly address: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** The images of a convolution. */
export function imagesOf(address: number, g: Conv2DGeometry): Transformed {
  const { inHeight, inWidth, inChannels, padTop, padLeft } = g;
  return { address, height: inHeight, width: inWidth, channels: inChannels, padTop, padLeft };
}

/** Tiles of a launch, counted through all images. */
export interface TileRange {
  readonly firstTile: number;
  readonly tiles: number;
}

/** All tiles, as many at a time as the workspace has room for. */
export function roundsOf(form: WinogradForm, g: Conv2DGeometry): TileRange[] {
  const all = tilesOf(g, form);
  const most = tilesPerRoundOf(form, g);
  const rounds: TileRange[] = [];
  for (let firstTile = 0; firstTile < all; firstTile += most) {
    rounds.push({ firstTile, tiles: Math.min(most, all - firstTile) });
  }
  return rounds;
}

/** Tiles over the height and along the width of an image. */
interface Grid {
  readonly down: number;
  readonly across: number;
}

/** A transform of some tiles, to `to`. */
export interface Transform {
  readonly source: Transformed;
  readonly grid: Grid;
  readonly range: TileRange;
  readonly to: number;
}

export function gridOf(form: WinogradForm, g: Conv2DGeometry): Grid {
  return { down: Math.ceil(g.outHeight / form.results), across: Math.ceil(g.outWidth / form.results) };
}

/** V, as planes. */
export function imagesLaunch(form: WinogradForm, transform: Transform, { pitch, plane }: Planes): Launch {
  const rows = { tilePitch: pitch, plane, piece: pitch, piecePitch: 0 };
  return transformLaunch(`winogradImages${form.suffix}`, form, transform, rows);
}

/** W, as panels. */
export function gradientsLaunch(form: WinogradForm, transform: Transform, { panelPitch, plane }: Panels): Launch {
  const panels = { tilePitch: 4 * PANEL, plane, piece: 4 * PANEL, piecePitch: panelPitch };
  return transformLaunch(`winogradGradients${form.suffix}`, form, transform, panels);
}

type Layout = Readonly<Record<"tilePitch" | "plane" | "piece" | "piecePitch", number>>;

function transformLaunch(
  kernel: string,
  form: WinogradForm,
  { source, grid, range, to }: Transform,
  layout: Layout,
): Launch {
  const { address, height, width, channels, padTop, padLeft } = source;
  const strip = Math.min(range.tiles, STRIP_TILES);
  // The order of Tiling in assembly/winograd-strip.ts and of WinogradTransformArgs.
  const args = {
    images: address,
    height,
    width,
    allChannels: channels,
    channels,
    padTop,
    padLeft,
    ...grid,
    strip,
    ...layout,
    to,
    ...range,
  };
  return launch(kernel, Math.ceil(range.tiles / strip), args, stripWork(form, channels, strip));
}

/** One matrix product for each frequency. Pitches are bytes from row to row, planes from frequency to frequency. */
export interface FrequencyProduct {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly left: { readonly address: number; readonly planes: Planes; readonly transposed: boolean };
  readonly right: Panels & { readonly address: number };
  readonly out: { readonly address: number; readonly planes: Planes };
  /** Adds to what `out` holds. */
  readonly accumulate: boolean;
  /** What the sums at the frequency of point (1, 1) start from; 0: zeros. */
  readonly bias: number;
}

export function productLaunch(
  form: WinogradForm,
  { rows, inner, columns, left, right, out, accumulate, bias }: FrequencyProduct,
  machine: Machine,
): Launch {
  const stretch = Math.min(inner, LONGEST_STRETCH);
  const rowsPerTask = share(rows, ROWS_PER_TASK, TILE_ROWS);
  // The order of WinogradProductArgs in assembly/winograd-product.ts; the scratch memory by the formula there.
  const args = {
    left: left.address,
    leftPitch: left.planes.pitch,
    leftPlane: left.planes.plane,
    transposeLeft: left.transposed ? 1 : 0,
    panels: right.address,
    panelPitch: right.panelPitch,
    panelPlane: right.plane,
    out: out.address,
    outPitch: out.planes.pitch,
    outPlane: out.planes.plane,
    accumulate: accumulate ? 1 : 0,
    bias,
    biasFrequency: form.points + 1,
    rows,
    inner,
    columns,
    rowsPerTask,
    stretch,
    tileWidth: machine.tileColumns,
  };
  const scratchBytes = 1024 + 4 * rowsPerTask + 64 + Math.ceil(rowsPerTask / TILE_ROWS) * (24 * stretch + 128);
  return launch("winogradProduct", form.points ** 2 * Math.ceil(rows / rowsPerTask), args, scratchBytes);
}
