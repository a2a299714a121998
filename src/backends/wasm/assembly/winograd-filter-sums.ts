/** The last stage of the gradient of a filter: dw = Gᵀ S G, S being the sums over tiles at each frequency. */

import { copy } from "./simd";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { transformFilterGradient } from "./winograd-tile";

@unmanaged
export class WinogradFilterSumsArgs {
  /** [points²][inChannels][outChannels rounded up to 16] */
  sums: usize;
  /** Bytes from input channel to input channel, and from frequency to frequency. */
  pitch: usize;
  plane: usize;
  /** [taps][taps][inChannels][outChannels] */
  dw: usize;
  inChannels: i32;
  outChannels: i32;
  rowsPerTask: i32;
}

// The memory that `writeFilter` takes: bytes from its start.
const TEMPORARY: usize = 0; // points * points * 32 bytes
const EDGE: usize = 2048; // points * points * 32 bytes
// @ts-ignore: decorator
@inline
export const FILTER_WORK: usize = 4096;

/**
 * Writes `rows` input channels by `columns` output channels.
 *
 * @param sums, pitch, plane as in WinogradFilterSumsArgs, at the first of them
 * @param dw [taps][taps][inChannels][outChannels], at the first of them
 */
// @ts-ignore: decorator
@inline
export function writeFilter<F extends Form>(
  sums: usize,
  pitch: usize,
  plane: usize,
  dw: usize,
  inChannels: i32,
  outChannels: i32,
  rows: i32,
  columns: i32,
  work: usize,
): void {
  const taps = changetype<F>(0).taps();
  const rowPitch = (<usize>outChannels) << 2;
  const tap = <usize>inChannels * rowPitch;
  for (let row = 0; row < rows; row++) {
    const from = sums + <usize>row * pitch;
    const to = dw + <usize>row * rowPitch;
    let k = 0;
    for (; k <= columns - 8; k += 8) {
      const at = (<usize>k) << 2;
      transformFilterGradient<F>(from + at, plane, to + at, tap, work + TEMPORARY);
    }
    if (k < columns) {
      const at = (<usize>k) << 2;
      transformFilterGradient<F>(from + at, plane, work + EDGE, 32, work + TEMPORARY);
      for (let t: usize = 0; t < <usize>(taps * taps); t++)
        copy(work + EDGE + (t << 5), to + at + t * tap, columns - k);
    }
  }
}

/** Tasks: ceil(inChannels / rowsPerTask). Scratch: 4096 bytes. */
// @ts-ignore: decorator
@inline
function filterRows<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradFilterSumsArgs>(args);
  const first = task * g.rowsPerTask;
  const rows = min(g.rowsPerTask, g.inChannels - first);
  const sums = g.sums + <usize>first * g.pitch;
  const dw = g.dw + ((<usize>first * <usize>g.outChannels) << 2);
  writeFilter<F>(sums, g.pitch, g.plane, dw, g.inChannels, g.outChannels, rows, g.outChannels, scratch);
}

export function winogradFilterSums4x3(args: usize, task: i32, scratch: usize): void {
  filterRows<Form4x3>(args, task, scratch);
}

export function winogradFilterSums2x5(args: usize, task: i32, scratch: usize): void {
  filterRows<Form2x5>(args, task, scratch);
}

export function winogradFilterSums6x3(args: usize, task: i32, scratch: usize): void {
  filterRows<Form6x3>(args, task, scratch);
}

export function winogradFilterSums4x5(args: usize, task: i32, scratch: usize): void {
  filterRows<Form4x5>(args, task, scratch);
}
