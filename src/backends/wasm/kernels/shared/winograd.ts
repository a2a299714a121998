import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import { type WinogradForm, winogradPlace } from "../../algorithms.ts";
import { type Launch, launch, type Machine } from "../../kernel.ts";
import type { ConvolutionInput } from "../conv2d.ts";
import { winogradBlocksLaunch } from "./winograd-blocks.ts";
import { filterBytes, PANEL, type WinogradOutput } from "./winograd-layout.ts";
import { winogradStagesBytes, winogradStagesLaunches } from "./winograd-stages.ts";

/** Rows of a task of the filter's transform. */
const FILTER_ROWS = 32;

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

/** Bytes of workspace: the transformed filter, and where stages are launches of their own what they leave for each other. */
export function winogradWorkspaceBytes(form: WinogradForm, g: Conv2DGeometry): number {
  return winogradPlace(form, g) === "memory" ? winogradStagesBytes(form, g) : filterBytes(form, g);
}

/** Convolves with a transformed filter, the head of the workspace. */
export function winogradLaunches(
  form: WinogradForm,
  g: Conv2DGeometry,
  input: ConvolutionInput,
  output: WinogradOutput,
  machine: Machine,
): Launch[] {
  return winogradPlace(form, g) === "memory"
    ? winogradStagesLaunches(form, g, input, output, machine)
    : [winogradBlocksLaunch(form, g, input, output, machine)];
}
