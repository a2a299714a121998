/** Winograd's 2-D transforms of one tile: the 1-D one over the tile's columns, then over the rows of that. */

import { copy, zero } from "./simd";
import { Form } from "./winograd-form";

/** At least so many bytes, and an odd number of 64-byte lines: what lies that far apart spreads over all sets of the cache. */
// @ts-ignore: decorator
@inline
export function oddLines(bytes: usize): usize {
  return (((bytes + 63) >> 6) | 1) << 6;
}

/**
 * Writes the addresses of a square of pixels of an image `[height][width][channels]` as usize[column][row]; those outside the
 * image become `outside`: zeros to read, or memory to write what nobody wants.
 *
 * @param row, column of the square's first pixel; may lie outside.
 */
export function placePixels(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  row: i32,
  column: i32,
  size: i32,
  table: usize,
  outside: usize,
): void {
  for (let c = column; c < column + size; c++) {
    for (let r = row; r < row + size; r++, table += 4) {
      const inside = r >= 0 && r < height && c >= 0 && c < width;
      store<usize>(table, inside ? image + ((<usize>(r * width + c) * <usize>channels) << 2) : outside);
    }
  }
}

/** Copies the channels after the last whole eight to where eight can be read, zeros behind them, and points the pixels there. */
export function stageEdge(table: usize, to: usize, count: i32, channels: i32): void {
  const first = (<usize>(channels & ~7)) << 2;
  for (; count > 0; count--, table += 4, to += 32) {
    zero(to, 8);
    copy(load<usize>(table) + first, to, channels & 7);
    store<usize>(table, to);
  }
}

/** Bytes of eight channels. */
// @ts-ignore: decorator
@inline
const PAIR: usize = 32;

/**
 * V = Bᵀ d B for channels [0, channels), rounded up to eight.
 *
 * @param pixels address of the pixels' addresses, usize[column][row]: points * points of them; each has `channels` float32
 * @param to [points * points] planes, `plane` bytes apart
 * @param temporary points * points * 32 bytes
 */
// @ts-ignore: decorator
@inline
export function transformInput<F extends Form>(
  pixels: usize,
  channels: i32,
  to: usize,
  plane: usize,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const end = (<usize>channels) << 2;
  for (let offset: usize = 0; offset < end; offset += PAIR) {
    for (let column: usize = 0; column < points; column++) {
      form.inputColumn(pixels + column * points * 4, offset, temporary + column * PAIR, points * PAIR);
    }
    let out = to + offset;
    for (let row: usize = 0; row < points; row++, out += points * plane) {
      form.inputRow(temporary + row * points * PAIR, out, plane);
    }
  }
}

/**
 * Y = max(Aᵀ M A, floor) for channels [0, channels), a multiple of eight.
 *
 * @param from M, [points * points] vectors of channels, `pitch` bytes apart
 * @param pixels address of the addresses of the results, usize[column][row], results * results of them
 * @param temporary points * results * 32 bytes, and results * 32 more
 */
// @ts-ignore: decorator
@inline
export function transformOutput<F extends Form>(
  from: usize,
  pitch: usize,
  pixels: usize,
  firstChannel: usize,
  channels: i32,
  floor: v128,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const results = <usize>form.results();
  const line = temporary + points * results * PAIR;
  const end = (<usize>channels) << 2;
  for (let offset: usize = 0; offset < end; offset += PAIR) {
    for (let column: usize = 0; column < points; column++) {
      form.output(from + column * pitch + offset, points * pitch, temporary + column * PAIR, points * PAIR);
    }
    const channel = firstChannel + offset;
    for (let row: usize = 0; row < results; row++) {
      form.output(temporary + row * points * PAIR, PAIR, line, PAIR);
      for (let column: usize = 0; column < results; column++) {
        const out = load<usize>(pixels + ((column * results + row) << 2)) + channel;
        const low = v128.load(line + column * PAIR);
        const high = v128.load(line + column * PAIR, 16);
        // pmax(x, floor) is x < floor ? floor : x, so a NaN stays a NaN.
        // High half first: see winograd-six.ts.
        v128.store(out, f32x4.pmax(high, floor), 16);
        v128.store(out, f32x4.pmax(low, floor));
      }
    }
  }
}

/**
 * U = G g Gᵀ of eight output channels and one input channel.
 *
 * @param from [taps][taps] vectors of output channels, `tap` bytes apart
 * @param to [points * points] vectors, `pitch` bytes apart
 * @param temporary points * taps * 32 bytes
 */
// @ts-ignore: decorator
@inline
export function transformFilter<F extends Form>(
  from: usize,
  tap: usize,
  to: usize,
  pitch: usize,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const taps = <usize>form.taps();
  for (let column: usize = 0; column < taps; column++) {
    form.filter(from + column * tap, taps * tap, temporary + column * PAIR, taps * PAIR);
  }
  for (let row: usize = 0; row < points; row++, to += points * pitch) {
    form.filter(temporary + row * taps * PAIR, PAIR, to, pitch);
  }
}

/**
 * W = A d Aᵀ of a tile of the results' gradient, for channels [0, channels), rounded up to eight.
 *
 * @param pixels address of the pixels' addresses, usize[column][row]
 * @param to panels of 16 channels, `panel` bytes apart, each [points * points] planes `plane` bytes apart
 * @param temporary points * results * 32 bytes
 */
// @ts-ignore: decorator
@inline
export function transformGradient<F extends Form>(
  pixels: usize,
  firstChannel: i32,
  channels: i32,
  to: usize,
  panel: usize,
  plane: usize,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const results = <usize>form.results();
  for (let channel = firstChannel; channel < firstChannel + channels; channel += 8) {
    const offset = (<usize>(channel - firstChannel)) << 2;
    for (let column: usize = 0; column < results; column++) {
      form.gradientColumn(pixels + column * results * 4, offset, temporary + column * PAIR, results * PAIR);
    }
    let out = to + <usize>(channel >> 4) * panel + ((<usize>(channel & 8)) << 2);
    for (let row: usize = 0; row < points; row++, out += points * plane) {
      form.gradientRow(temporary + row * results * PAIR, out, plane);
    }
  }
}

/**
 * dg = Gᵀ M G of eight output channels and one input channel.
 *
 * @param from [points * points] vectors, `pitch` bytes apart
 * @param to [taps][taps] vectors, `tap` bytes apart
 * @param temporary points * taps * 32 bytes
 */
// @ts-ignore: decorator
@inline
export function transformFilterGradient<F extends Form>(
  from: usize,
  pitch: usize,
  to: usize,
  tap: usize,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const taps = <usize>form.taps();
  for (let column: usize = 0; column < points; column++) {
    form.filterGradient(from + column * pitch, points * pitch, temporary + column * PAIR, points * PAIR);
  }
  for (let row: usize = 0; row < taps; row++, to += taps * tap) {
    form.filterGradient(temporary + row * points * PAIR, PAIR, to, tap);
  }
}
