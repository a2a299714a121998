import type { Window } from "../../core/window.ts";
import type { PoolGeometry } from "../../ops/shared/pool-window.ts";
import { coordinatesOf } from "./indexing.ts";

/** One cell of one pool's window: flat indices of the image's cell and of the result, and the cell's number in the window. */
export interface PoolCell {
  readonly from: number;
  readonly to: number;
  readonly cell: number;
  /** Cells of this window that lie in the image. */
  readonly count: number;
}

/** Visits every cell of every window that lies in the image: results in order, and for each its cells row by row. */
export function forEachPoolCell(geometry: PoolGeometry, visit: (cell: PoolCell) => void): void {
  const { batch, channels, height, width } = geometry;
  for (let to = 0; to < batch * height.output * width.output * channels; to++) {
    const [image = 0, row = 0, column = 0, channel = 0] = coordinatesOf(to, [
      batch,
      height.output,
      width.output,
      channels,
    ]);
    const rows = cellsInside(height, row);
    const columns = cellsInside(width, column);
    for (const [windowRow, y] of rows) {
      for (const [windowColumn, x] of columns) {
        const from = ((image * height.input + y) * width.input + x) * channels + channel;
        visit({ from, to, cell: windowRow * width.kernel + windowColumn, count: rows.length * columns.length });
      }
    }
  }
}

/** Pairs of place in the window and place in the image, where the window at `output` lies in the image. */
function cellsInside(window: Window, output: number): [inWindow: number, inImage: number][] {
  const cells: [number, number][] = [];
  for (let at = 0; at < window.kernel; at++) {
    const inImage = output * window.stride - window.before + at;
    if (inImage >= 0 && inImage < window.input) cells.push([at, inImage]);
  }
  return cells;
}
