import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import { tilesOf, type WinogradForm, winogradPlace } from "../../algorithms.ts";
import { type Launch, launch, type Machine } from "../../kernel.ts";
import type { ConvolutionInput } from "../conv2d.ts";
import { roundUp } from "../../../../core/alignment.ts";
import { share } from "./shares.ts";
import {
  oddLines,
  OUTPUT_WORK,
  outputWords,
  PANEL,
  STRIP_TILES,
  stripWork,
  TASKS,
  TILE_ROWS,
  type WinogradOutput,
} from "./winograd-layout.ts";

/** Panels of a task at least: its products should cost more than the transform of its tiles. */
const LEAST_PANELS = 4;
/** Panels whose products are made before results are: more of them read images less often and write longer runs. */
const PANELS_OF_PASS = { near: 4, far: 1 };
/** The head of a task's scratch memory: HEAD in assembly/winograd.ts. */
const HEAD = 384 + OUTPUT_WORK;

/** One launch whose tasks take blocks of tiles through all stages: for filters that the caches hold. */
export function winogradBlocksLaunch(
  form: WinogradForm,
  g: Conv2DGeometry,
  { x, panels, bias, activation }: ConvolutionInput,
  output: WinogradOutput,
  machine: Machine,
): Launch {
  const { batch, inHeight, inWidth, inChannels, padTop, padLeft } = g;
  const { tasks, scratchBytes, ...division } = blockTasks(form, g);
  // The order of WinogradArgs in assembly/winograd.ts.
  const args = {
    ...outputWords(output, g, activation === "relu"),
    x,
    panels,
    bias,
    batch,
    inHeight,
    inWidth,
    inChannels,
    padTop,
    padLeft,
    ...division,
    tileWidth: machine.tileColumns,
  };
  // A tile's results before they are pooled.
  const cells = output.winners === undefined ? 0 : 64 * form.results ** 2 * division.panelsPerPass;
  return launch(`winograd${form.suffix}`, tasks, args, scratchBytes + cells);
}

/** Bytes from tile to tile of V: as `vPitch` in assembly/winograd.ts. */
function tilePitch(channels: number): number {
  return oddLines(4 * roundUp(channels, 8));
}

/** How tiles and panels fall into tasks: a function of shapes alone, though results would be the same for any division. */
function blockTasks(form: WinogradForm, g: Conv2DGeometry) {
  const frequencies = form.points ** 2;
  const tiles = tilesOf(g, form);
  const panels = Math.ceil(g.outChannels / PANEL);
  const tilesPerTask = Math.min(tiles, share(tiles, 12, TILE_ROWS));
  const stripTiles = Math.min(tilesPerTask, STRIP_TILES);
  // With few blocks of tiles, output channels are divided too; such tasks transform their tiles each.
  const blocks = Math.ceil(tiles / tilesPerTask);
  const panelsPerTask = Math.min(panels, Math.max(LEAST_PANELS, Math.ceil(panels / Math.ceil(TASKS / blocks))));
  const panelsPerPass = Math.min(panelsPerTask, PANELS_OF_PASS[winogradPlace(form, g) === "near" ? "near" : "far"]);
  return {
    tilesPerTask,
    stripTiles,
    panelsPerTask,
    panelsPerPass,
    tasks: blocks * Math.ceil(panels / panelsPerTask),
    // The formula at `blockOfTiles` in assembly/winograd.ts.
    scratchBytes:
      HEAD +
      4 * tilesPerTask * (2 + form.results ** 2) +
      64 * panels +
      frequencies * (oddLines(tilesPerTask * tilePitch(g.inChannels)) + 64 * tilesPerTask * panelsPerPass + 128) +
      256 +
      stripWork(form, g.inChannels, stripTiles),
  };
}
