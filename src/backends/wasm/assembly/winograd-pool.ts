/** A max pool behind Winograd's output transform, while a tile's results are in the first-level cache. */

import { poolCells } from "./pool-cells";
import { Form } from "./winograd-form";
import { transformOutput } from "./winograd-tile";

/** Cells of a window along an axis, and from window to window. A tile's results are an even number, so windows lie within tiles. */
// @ts-ignore: decorator
@inline
export const PAIR: i32 = 2;

/**
 * The maxima of a tile's windows.
 *
 * @param from, pitch, floor, temporary as in `transformOutput`
 * @param table what `placeCells` wrote, of cells `cellPitch` bytes apart
 * @param pixels address of the addresses of the maxima, usize[row][column], (results / 2)² of them; 0: no such window
 * @param offset bytes from those addresses to the first channel
 * @param channels of cells; memory behind `from` and in the cells is for their number rounded up to eight
 * @param winners bytes from the address of a maximum, halved twice, to its winner
 */
export function poolTile<F extends Form>(
  from: usize,
  pitch: usize,
  table: usize,
  cellPitch: usize,
  pixels: usize,
  offset: usize,
  channels: i32,
  winners: usize,
  floor: f32,
  temporary: usize,
): void {
  const results = changetype<F>(0).results();
  const cells = load<usize>(table);
  const rowPitch = <usize>results * cellPitch;
  transformOutput<F>(from, pitch, table, 0, (channels + 7) & ~7, floor, temporary);
  for (let row = 0; row < results; row += PAIR) {
    for (let column = 0; column < results; column += PAIR, pixels += 4) {
      const pixel = load<usize>(pixels);
      if (!pixel) continue;
      const maxima = pixel + offset;
      const corner = cells + <usize>row * rowPitch + <usize>column * cellPitch;
      poolCells(corner, rowPitch, cellPitch, PAIR, PAIR, 0, PAIR, channels, maxima, winners + (maxima >> 2), true);
    }
  }
}
