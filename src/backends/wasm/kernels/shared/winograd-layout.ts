/** What Winograd's kernels share: how their memory is laid out, and the records of their transforms. */

import type { Conv2DGeometry } from "../../../../ops/shared/conv2d-geometry.ts";
import type { WinogradForm } from "../../algorithms.ts";
import { roundUp } from "../../../../core/alignment.ts";

/** Columns of a panel of the micro-kernel, and rows of its tile. */
export const PANEL = 16;
export const TILE_ROWS = 6;
/** Tasks wanted at least, for balance. */
export const TASKS = 16;
/** Tiles of a strip of transforms: its rows should stay in the first-level cache. */
export const STRIP_TILES = 2;

/** Memory that writing a tile's results takes: OUTPUT_WORK in assembly/winograd-output.ts. */
export const OUTPUT_WORK: number = 1408 + 12288;

/** Where a matrix for each frequency lies: bytes from row to row, and from frequency to frequency. */
export interface Planes {
  readonly pitch: number;
  readonly plane: number;
  readonly bytes: number;
}

/** Where panels of 16 columns for each frequency lie: bytes from panel to panel, and from frequency to frequency. */
export interface Panels {
  readonly panelPitch: number;
  readonly plane: number;
}

/** `[points²][rows][columns]`, rows whole groups of `unit` columns. */
export function planesOf(form: WinogradForm, rows: number, columns: number, unit: number): Planes {
  const pitch = 4 * roundUp(columns, unit);
  const plane = oddLines(rows * pitch);
  return { pitch, plane, bytes: form.points ** 2 * plane };
}

/** As `oddLines` in assembly/pack.ts. */
export function oddLines(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

/** Bytes that a task needs to transform strips: the formula at `startTiling` in assembly/winograd-strip.ts. */
export function stripWork(form: WinogradForm, channels: number, strip: number): number {
  return 320 + (form.points + 1) * oddLines(4 * ((strip - 1) * form.results + form.points) * channels + 32);
}

/** Bytes from one frequency of a filter's panel to the next, as `frequencyPitch` in assembly/winograd-filter.ts. */
export function frequencyPitch(channels: number): number {
  return (channels | 1) * PANEL * 4;
}

/** Bytes of a transformed filter, `[ceil(out / 16)][points²][in | 1][16]`. */
export function filterBytes(form: WinogradForm, g: Conv2DGeometry): number {
  return Math.ceil(g.outChannels / PANEL) * form.points ** 2 * frequencyPitch(g.inChannels);
}

/** Where the results of a Winograd convolution go. */
export interface WinogradOutput {
  readonly y: number;
  /** Laid out like y; results are kept where it is > 0. */
  readonly mask?: number | undefined;
  /** Instead of results come the maxima of windows of 2x2, two apart; here, in bytes, which cell each came from. */
  readonly winners?: number | undefined;
}

/** The words of Output in assembly/winograd-output.ts, the head of the records of kernels that write results. */
export function outputWords(
  { y, mask = 0, winners = 0 }: WinogradOutput,
  g: Conv2DGeometry,
  relu: boolean,
): Record<string, number> {
  const { outHeight, outWidth, outChannels } = g;
  return { y, mask, winners, outHeight, outWidth, outChannels, activation: relu ? 1 : 0 };
}
