/** Winograd's 2-D transforms of one tile: the 1-D one over the tile's columns, then over the rows of that. */

import { Form } from "./winograd-form";

/**
 * Writes the addresses of a square of pixels of an image `[height][width][channels]` as usize[row][column]; those outside the
 * image become `outside`, memory for what nobody wants.
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
  for (let r = row; r < row + size; r++) {
    for (let c = column; c < column + size; c++, table += 4) {
      const inside = r >= 0 && r < height && c >= 0 && c < width;
      store<usize>(table, inside ? image + ((<usize>(r * width + c) * <usize>channels) << 2) : outside);
    }
  }
}

/** Writes the addresses of `count` cells that lie `pitch` bytes apart, usize[count]. */
export function placeCells(cells: usize, pitch: usize, count: i32, table: usize): void {
  for (let cell = 0; cell < count; cell++, cells += pitch, table += 4) store<usize>(table, cells);
}

/** Bytes of eight channels. */
// @ts-ignore: decorator
@inline
const PAIR: usize = 32;

/** Bytes of channels of results that are transformed at a time. */
// @ts-ignore: decorator
@inline
const OUTPUT_BYTES: usize = 256;

/**
 * Y = max(Aᵀ M A, floor) for channels [0, channels), a multiple of eight.
 *
 * @param from M, [points * points] vectors of channels, `pitch` bytes apart
 * @param pixels address of the addresses of the results, usize[row][column], results * results of them
 * @param offset bytes from those addresses to the first channel
 * @param temporary points * results * 256 bytes
 */
export function transformOutput<F extends Form>(
  from: usize,
  pitch: usize,
  pixels: usize,
  offset: usize,
  channels: i32,
  floor: f32,
  temporary: usize,
): void {
  const form = changetype<F>(0);
  const points = <usize>form.points();
  const results = <usize>form.results();
  const least = f32x4.splat(floor);
  const end = (<usize>channels) << 2;
  // As many channels at a time as leave what lies between both transforms in the first-level cache.
  for (let begin: usize = 0; begin < end; begin += OUTPUT_BYTES) {
    const bytes = min(OUTPUT_BYTES, end - begin);
    for (let column: usize = 0; column < points; column++) {
      const to = temporary + column * OUTPUT_BYTES;
      form.output(from + column * pitch + begin, points * pitch, bytes, to, points * OUTPUT_BYTES);
    }
    for (let row: usize = 0; row < results; row++) {
      const line = temporary + row * points * OUTPUT_BYTES;
      form.outputPixels(line, OUTPUT_BYTES, bytes, pixels + ((row * results) << 2), offset + begin, least);
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
