/** The last stage as a launch of its own: Y of the tiles whose products a launch of `winogradProduct` has made. */

import { Form, Form2x5, Form4x3, Form4x5, Form6x3 } from "./winograd-form";
import { dumpBytes, Output, OUTPUT_WORK, placeResults, startOutput, writeTile } from "./winograd-output";

@unmanaged
export class WinogradResultsArgs extends Output {
  /** [points²][tiles][outChannels rounded up to 16] */
  m: usize;
  /** Bytes from tile to tile, and from frequency to frequency. */
  mPitch: usize;
  mPlane: usize;
  /** Tiles of this launch; they are counted through all images, row by row. */
  firstTile: i32;
  tiles: i32;
  tilesPerTask: i32;
}

/**
 * Tasks: ceil(tiles / tilesPerTask).
 * Scratch: 13696 + 4 * m² + 64 + 64 * ceil(outChannels / 16) bytes, m² times the last term more with a pool.
 */
// @ts-ignore: decorator
@inline
function resultsOfTiles<F extends Form>(args: usize, task: i32, scratch: usize): void {
  const g = changetype<WinogradResultsArgs>(args);
  const results = changetype<F>(0).results();
  const pixels = scratch + OUTPUT_WORK;
  const dump = (pixels + <usize>(results * results) * 4 + 63) & ~63;
  startOutput<F>(g, scratch, dump + dumpBytes(g), g.mPitch);
  const first = task * g.tilesPerTask;
  const end = min(first + g.tilesPerTask, g.tiles);
  for (let t = first; t < end; t++) {
    placeResults<F>(g, g.firstTile + t, pixels, dump);
    writeTile<F>(g, scratch, g.m + <usize>t * g.mPitch, g.mPlane, pixels, dump, g.mPitch, 0, g.outChannels);
  }
}

export function winogradResults4x3(args: usize, task: i32, scratch: usize): void {
  resultsOfTiles<Form4x3>(args, task, scratch);
}

export function winogradResults2x5(args: usize, task: i32, scratch: usize): void {
  resultsOfTiles<Form2x5>(args, task, scratch);
}

export function winogradResults6x3(args: usize, task: i32, scratch: usize): void {
  resultsOfTiles<Form6x3>(args, task, scratch);
}

export function winogradResults4x5(args: usize, task: i32, scratch: usize): void {
  resultsOfTiles<Form4x5>(args, task, scratch);
}
