/** Filters for Winograd's convolution: U = G g Gᵀ, written straight into the panels that the micro-kernel reads. */

import { PANEL } from "./micro-kernel";
import { transpose } from "./pack";
import { copy, zero } from "./simd";
import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { transformFilter } from "./winograd-tile";

@unmanaged
export class WinogradFilterArgs {
  /** HWIO: [taps][taps][inChannels][outChannels] */
  filter: usize;
  /** [ceil(outer / 16)][points * points][inner | 1][16]; the last row of an even `inner` is left as it is. 64-byte aligned. */
  panels: usize;
  inChannels: i32;
  outChannels: i32;
  /** 0: inner = inChannels, outer = outChannels (forward); 1: the other way round and taps reversed (gradient of the images). */
  transpose: i32;
}

/** Rows of `inner` of a task. */
const ROWS: i32 = 32;

/** Bytes from one frequency of a panel to the next: an odd number of 64-byte lines, so that they spread over the cache. */
// @ts-ignore: decorator
@inline
export function frequencyPitch(inner: i32): usize {
  return (<usize>(inner | 1)) << 6;
}

/**
 * Tasks: ceil(outer / 16) * ceil(inner / 32).
 * Scratch: points * taps * 32 + taps * taps * 2048 bytes.
 */
// @ts-ignore: decorator
@inline
function filterTask<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradFilterArgs>(args);
  const form = changetype<F>(0);
  const points = form.points();
  const taps = form.taps();
  const positions = taps * taps;
  const inner = g.transpose ? g.outChannels : g.inChannels;
  const outer = g.transpose ? g.inChannels : g.outChannels;
  const rowTasks = (inner + ROWS - 1) / ROWS;
  const panel = task / rowTasks;
  const first = (task % rowTasks) * ROWS;
  const rows = min(ROWS, inner - first);
  const column = panel * PANEL;
  const width = min(PANEL, outer - column);
  const pitch = (<usize>g.outChannels) << 2;
  const position = <usize>g.inChannels * pitch;
  const stage = scratch + <usize>(points * taps) * 32;

  let from = g.filter + <usize>first * pitch + ((<usize>column) << 2);
  let rowPitch = pitch;
  let tapPitch = position;
  if (g.transpose || width < PANEL) {
    // [rows][taps * taps][16]
    rowPitch = (<usize>positions) << 6;
    tapPitch = 64;
    if (width < PANEL) zero(stage, rows * positions * PANEL);
    for (let tap = 0; tap < positions; tap++) {
      const to = stage + ((<usize>tap) << 6);
      if (g.transpose) {
        const at = g.filter + <usize>(positions - 1 - tap) * position + <usize>column * pitch + ((<usize>first) << 2);
        transpose(at, pitch, to, rowPitch, width, rows);
      } else {
        const at = from + <usize>tap * position;
        for (let row: usize = 0; row < <usize>rows; row++) copy(at + row * pitch, to + row * rowPitch, width);
      }
    }
    from = stage;
  }

  const frequency = frequencyPitch(inner);
  let to = g.panels + <usize>(panel * points * points) * frequency + ((<usize>first) << 6);
  for (let row = 0; row < rows; row++, from += rowPitch, to += 64) {
    transformFilter<F>(from, tapPitch, to, frequency, scratch);
    transformFilter<F>(from + 32, tapPitch, to + 32, frequency, scratch);
  }
}

export function winogradFilter4x3(args: usize, task: i32, scratch: usize): void {
  filterTask<Form4x3>(args, task, scratch);
}

export function winogradFilter2x5(args: usize, task: i32, scratch: usize): void {
  filterTask<Form2x5>(args, task, scratch);
}

export function winogradFilter6x3(args: usize, task: i32, scratch: usize): void {
  filterTask<Form6x3>(args, task, scratch);
}

export function winogradFilter4x5(args: usize, task: i32, scratch: usize): void {
  filterTask<Form4x5>(args, task, scratch);
}
