import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import { tilesOf, type WinogradForm } from "../../algorithms.ts";
import { type Launch, launch, type Machine } from "../../kernel.ts";
import { clamp, share } from "./shares.ts";
import { oddLines, PANEL, planesOf, STRIP_TILES, stripWork, TASKS } from "./winograd-layout.ts";
import {
  gradientsLaunch,
  gridOf,
  imagesLaunch,
  imagesOf,
  productLaunch,
  roundsOf,
  tilesPerRoundOf,
} from "./winograd-stage-launches.ts";

/** Sums above this size, over all channels, make stages worth their memory: each a launch of its own. */
const MOST_SUM_BYTES = 6 * 2 ** 20;
/** Channels of x and of dy of a task, at most: its sums take 2.4 MB, in the third-level cache. */
const MOST_CHANNELS = 128;
/** Tiles whose transforms such a task makes at a time. */
const BLOCK_TILES = 48;
/** Input channels of a task of the sums' transform. */
const ROWS_PER_TASK = 4;

interface Addresses {
  readonly x: number;
  readonly dy: number;
  readonly dw: number;
  readonly workspace: number;
}

/** How many parts are to be added, each `[taps][taps][in][out]` in the workspace; 1: dw itself is written. */
export function winogradFilterGradientSplits(form: WinogradForm, g: Conv2DGeometry): number {
  return inStages(form, g) ? 1 : blockTasks(form, g).splits;
}

export function winogradFilterGradientBytes(form: WinogradForm, g: Conv2DGeometry): number {
  if (inStages(form, g)) return stagesOf(form, g).bytes;
  const { splits } = blockTasks(form, g);
  return splits === 1 ? 0 : 4 * splits * form.taps ** 2 * g.inChannels * g.outChannels;
}

/** The gradient of a filter, to `dw`, or to the workspace when it is in parts. */
export function winogradFilterGradientLaunches(
  form: WinogradForm,
  g: Conv2DGeometry,
  addresses: Addresses,
  machine: Machine,
): Launch[] {
  return inStages(form, g) ? stageLaunches(form, g, addresses, machine) : [blocksLaunch(form, g, addresses, machine)];
}

/** A task's block of channels transforms its tiles for itself; with many blocks, transforms that all share cost less. */
function inStages(form: WinogradForm, g: Conv2DGeometry): boolean {
  return 4 * form.points ** 2 * g.inChannels * g.outChannels > MOST_SUM_BYTES;
}

function blocksLaunch(form: WinogradForm, g: Conv2DGeometry, { x, dy, dw, workspace }: Addresses, machine: Machine) {
  const { batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padTop, padLeft } = g;
  const { tasks, scratchBytes, ...division } = blockTasks(form, g);
  // The order of WinogradFilterGradientArgs in assembly/winograd-filter-gradient.ts.
  const args = {
    x,
    dy,
    dw: division.splits === 1 ? dw : workspace,
    batch,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    padTop,
    padLeft,
    ...division,
    tileWidth: machine.tileColumns,
  };
  return launch(`winogradFilterGradient${form.suffix}`, tasks, args, scratchBytes);
}

function blockTasks(form: WinogradForm, g: Conv2DGeometry) {
  const frequencies = form.points ** 2;
  const tiles = tilesOf(g, form);
  const channelsPerTask = share(g.inChannels, MOST_CHANNELS, 8);
  const columnsPerTask = share(g.outChannels, MOST_CHANNELS, PANEL);
  const blocks = Math.ceil(g.inChannels / channelsPerTask) * Math.ceil(g.outChannels / columnsPerTask);
  const splits = clamp(Math.ceil(TASKS / blocks), 1, Math.ceil(tiles / BLOCK_TILES));
  const tilesPerBlock = share(Math.ceil(tiles / splits), BLOCK_TILES, 1);
  const stripTiles = Math.min(tilesPerBlock, STRIP_TILES);
  return {
    channelsPerTask,
    columnsPerTask,
    tilesPerBlock,
    stripTiles,
    splits,
    tasks: splits * blocks,
    // The formula at `filterGradient` in assembly/winograd-filter-gradient.ts.
    scratchBytes:
      4608 +
      stripWork(form, Math.max(channelsPerTask, columnsPerTask), stripTiles) +
      frequencies *
        (4 * (tilesPerBlock * (channelsPerTask + 32 + columnsPerTask) + channelsPerTask * columnsPerTask) + 384) +
      256,
  };
}

/** Where stages leave what they make: V, W in panels, and the sums. */
function stagesOf(form: WinogradForm, g: Conv2DGeometry) {
  const tilesPerRound = tilesPerRoundOf(form, g);
  const v = planesOf(form, tilesPerRound, g.inChannels, 8);
  const panelPitch = oddLines(4 * PANEL * tilesPerRound);
  const w = { panelPitch, plane: panelPitch * Math.ceil(g.outChannels / PANEL) };
  const wBytes = form.points ** 2 * w.plane;
  const sums = planesOf(form, g.inChannels, g.outChannels, PANEL);
  return { v, w, wBytes, sums, bytes: v.bytes + wBytes + sums.bytes };
}

function stageLaunches(form: WinogradForm, g: Conv2DGeometry, addresses: Addresses, machine: Machine): Launch[] {
  const { dw, workspace } = addresses;
  const { v, w, wBytes, sums } = stagesOf(form, g);
  const wAt = workspace + v.bytes;
  const sumsAt = wAt + wBytes;
  const x = imagesOf(addresses.x, g);
  const unpadded = { padTop: 0, padLeft: 0 };
  const dy = { address: addresses.dy, height: g.outHeight, width: g.outWidth, channels: g.outChannels, ...unpadded };
  const grid = gridOf(form, g);
  const launches: Launch[] = [];
  for (const range of roundsOf(form, g)) {
    launches.push(
      imagesLaunch(form, { source: x, grid, range, to: workspace }, v),
      gradientsLaunch(form, { source: dy, grid, range, to: wAt }, w),
      productLaunch(
        form,
        {
          rows: g.inChannels,
          inner: range.tiles,
          columns: g.outChannels,
          left: { address: workspace, planes: v, transposed: true },
          right: { address: wAt, ...w },
          out: { address: sumsAt, planes: sums },
          accumulate: range.firstTile > 0,
          bias: 0,
        },
        machine,
      ),
    );
  }
  const { inChannels, outChannels } = g;
  // The order of WinogradFilterSumsArgs in assembly/winograd-filter-sums.ts.
  const args = { sums: sumsAt, pitch: sums.pitch, plane: sums.plane, dw, inChannels, outChannels };
  const tasks = Math.ceil(inChannels / ROWS_PER_TASK);
  launches.push(launch(`winogradFilterSums${form.suffix}`, tasks, { ...args, rowsPerTask: ROWS_PER_TASK }, 4096));
  return launches;
}
