import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import type { WinogradForm } from "../../algorithms.ts";
import { type Launch, launch, type Machine } from "../../kernel.ts";
import type { ConvolutionInput } from "../conv2d.ts";
import {
  filterBytes,
  frequencyPitch,
  OUTPUT_WORK,
  outputWords,
  PANEL,
  planesOf,
  type WinogradOutput,
} from "./winograd-layout.ts";
import {
  type FrequencyProduct,
  gridOf,
  imagesLaunch,
  imagesOf,
  productLaunch,
  roundsOf,
  tilesPerRoundOf,
} from "./winograd-stage-launches.ts";

/** Tiles of a task of the output transform. */
const RESULT_TILES = 6;

/** How a convolution's tiles fall into rounds of its stages, and where these leave what they make. */
function stagesOf(form: WinogradForm, g: Conv2DGeometry) {
  const tilesPerRound = tilesPerRoundOf(form, g);
  const v = planesOf(form, tilesPerRound, g.inChannels, 8);
  const m = planesOf(form, tilesPerRound, g.outChannels, PANEL);
  return { v, m };
}

/** Bytes of a transformed filter, and of what stages leave for each other behind it. */
export function winogradStagesBytes(form: WinogradForm, g: Conv2DGeometry): number {
  const { v, m } = stagesOf(form, g);
  return filterBytes(form, g) + v.bytes + m.bytes;
}

/** A launch for each stage, some tiles at a time: for filters that come from memory, so that each part of them comes once. */
export function winogradStagesLaunches(
  form: WinogradForm,
  g: Conv2DGeometry,
  { x, panels, bias, activation }: ConvolutionInput,
  output: WinogradOutput,
  machine: Machine,
): Launch[] {
  const { v, m } = stagesOf(form, g);
  const vAt = panels + filterBytes(form, g);
  const mAt = vAt + v.bytes;
  const grid = gridOf(form, g);
  const source = imagesOf(x, g);
  const panelPitch = form.points ** 2 * frequencyPitch(g.inChannels);
  const cells = output.winners === undefined ? 1 : 1 + form.results ** 2;
  const launches: Launch[] = [];
  for (const range of roundsOf(form, g)) {
    launches.push(imagesLaunch(form, { source, grid, range, to: vAt }, v));
    const product: FrequencyProduct = {
      rows: range.tiles,
      inner: g.inChannels,
      columns: g.outChannels,
      left: { address: vAt, planes: v, transposed: false },
      right: { address: panels, panelPitch, plane: frequencyPitch(g.inChannels) },
      out: { address: mAt, planes: m },
      accumulate: false,
      bias,
    };
    launches.push(productLaunch(form, product, machine));
    const tilesPerTask = Math.min(range.tiles, RESULT_TILES);
    // The order of WinogradResultsArgs in assembly/winograd-results.ts; the scratch memory by the formula there.
    const args = {
      ...outputWords(output, g, activation === "relu"),
      m: mAt,
      mPitch: m.pitch,
      mPlane: m.plane,
      ...range,
      tilesPerTask,
    };
    const scratchBytes = OUTPUT_WORK + 4 * form.results ** 2 + 64 + cells * m.pitch;
    launches.push(launch(`winogradResults${form.suffix}`, Math.ceil(range.tiles / tilesPerTask), args, scratchBytes));
  }
  return launches;
}
