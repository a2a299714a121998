/** Packing: the layouts that the micro-kernel reads. */

import { PANEL } from "./micro-kernel";
import { copy } from "./simd";

/** At least so many bytes, and an odd number of 64-byte lines: what lies that far apart spreads over all sets of the cache. */
// @ts-ignore: decorator
@inline
export function oddLines(bytes: usize): usize {
  return (((bytes + 63) >> 6) | 1) << 6;
}

/** to[column][row] = from[row][column]; pitches are bytes from row to row of each. */
export function transpose(from: usize, fromPitch: usize, to: usize, toPitch: usize, rows: i32, columns: i32): void {
  let row = 0;
  for (; row <= rows - 4; row += 4) {
    const in0 = from + <usize>row * fromPitch;
    const in1 = in0 + fromPitch;
    const in2 = in1 + fromPitch;
    const in3 = in2 + fromPitch;
    let out = to + ((<usize>row) << 2);
    let column = 0;
    for (; column <= columns - 4; column += 4) {
      const at = (<usize>column) << 2;
      const a = v128.load(in0 + at);
      const b = v128.load(in1 + at);
      const c = v128.load(in2 + at);
      const d = v128.load(in3 + at);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
      v128.store(out + toPitch, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
      v128.store(out + 2 * toPitch, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
      v128.store(out + 3 * toPitch, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
      out += toPitch << 2;
    }
    for (; column < columns; column++, out += toPitch) {
      const at = (<usize>column) << 2;
      store<f32>(out, load<f32>(in0 + at));
      store<f32>(out, load<f32>(in1 + at), 4);
      store<f32>(out, load<f32>(in2 + at), 8);
      store<f32>(out, load<f32>(in3 + at), 12);
    }
  }
  for (; row < rows; row++) {
    let at = from + <usize>row * fromPitch;
    let out = to + ((<usize>row) << 2);
    for (let column = 0; column < columns; column++, at += 4, out += toPitch) store<f32>(out, load<f32>(at));
  }
}

/** Zeros the columns `from` to 15 of a panel of `rows` rows. */
function padPanel(panel: usize, rows: i32, from: i32): void {
  for (let row = 0; row < rows; row++, panel += 64) {
    for (let column = from; column < PANEL; column++) store<f32>(panel + ((<usize>column) << 2), 0);
  }
}

/**
 * Packs `[rows][columns]` into panels `[ceil(columns / 16)][rows][16]`, columns padded with zeros.
 *
 * @param pitch bytes from row to row of `from`
 * @param panelPitch bytes from panel to panel of `to`, at least rows * 64
 */
export function packPanels(from: usize, pitch: usize, to: usize, panelPitch: usize, rows: i32, columns: i32): void {
  const whole = columns & ~(PANEL - 1);
  // Whole rows: long reads that the prefetcher follows over page ends. For rows of 4,096 columns that came from memory it was 1.3
  // to 1.8 times as fast as four panels at a time. Four rows at once: every panel is a page of its own, visited a quarter as often.
  let row = from;
  let out = to;
  let r = 0;
  for (; r <= rows - 4; r += 4, row += 4 * pitch, out += 256) {
    let at = row;
    let lines = out;
    for (let column = 0; column < whole; column += PANEL, at += 64, lines += panelPitch) {
      copyLine(at, lines);
      copyLine(at + pitch, lines + 64);
      copyLine(at + 2 * pitch, lines + 128);
      copyLine(at + 3 * pitch, lines + 192);
    }
    if (whole < columns) {
      for (let i: usize = 0; i < 4; i++) copy(at + i * pitch, lines + (i << 6), columns - whole);
    }
  }
  for (; r < rows; r++, row += pitch, out += 64) {
    let at = row;
    let line = out;
    for (let column = 0; column < whole; column += PANEL, at += 64, line += panelPitch) copyLine(at, line);
    if (whole < columns) copy(at, line, columns - whole);
  }
  if (whole < columns) padPanel(to + <usize>(whole / PANEL) * panelPitch, rows, columns - whole);
}

/** Packs the transpose of `[columns][rows]` into panels `[ceil(columns / 16)][rows][16]`; arguments as in `packPanels`. */
export function packPanelsTransposed(
  from: usize,
  pitch: usize,
  to: usize,
  panelPitch: usize,
  rows: i32,
  columns: i32,
): void {
  for (let column = 0; column < columns; column += PANEL) {
    const width = min(PANEL, columns - column);
    transpose(from + <usize>column * pitch, pitch, to, 64, width, rows);
    if (width < PANEL) padPanel(to, rows, width);
    to += panelPitch;
  }
}

/** Copies 16 float32. The high half of a pair is stored first: only then V8 makes one 256-bit store of both. */
// @ts-ignore: decorator
@inline
function copyLine(from: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from, 32);
  const d = v128.load(from, 48);
  v128.store(to, b, 16);
  v128.store(to, a);
  v128.store(to, d, 48);
  v128.store(to, c, 32);
}
