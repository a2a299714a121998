/**
 * The transforms that go into Winograd's products: V = Bᵀ d B of images, and W = A d Aᵀ of the gradient of results.
 *
 * Tiles beside each other are taken as a strip. The 1-D transform over its rows of pixels works element by element, so it runs
 * along each row as the row lies in memory, which is how memory is read fastest, and what neighbouring tiles share is transformed
 * once. The one over the columns of that follows, tile by tile, from the near caches.
 */

import { oddLines } from "./pack";
import { copy, zero } from "./simd";
import { Form } from "./winograd-form";

/** What is transformed, along one axis of a tile. */
export abstract class Side {
  /** Pixels of a tile. */
  abstract size(): i32;
  /** Pixels from one tile to the next. */
  abstract step(): i32;
  /** Frequencies. */
  abstract points(): i32;
  /** See Form.input. */
  abstract apply(rows: usize, bytes: usize, to: usize, step: usize): void;
}

/** What both sides of a form share. */
abstract class SideOf<F extends Form> extends Side {
  // @ts-ignore: decorator
  @inline
  step(): i32 {
    return changetype<F>(0).results();
  }
  // @ts-ignore: decorator
  @inline
  points(): i32 {
    return changetype<F>(0).points();
  }
}

/** Images: tiles share `taps - 1` pixels. */
export class Images<F extends Form> extends SideOf<F> {
  // @ts-ignore: decorator
  @inline
  size(): i32 {
    return changetype<F>(0).points();
  }
  // @ts-ignore: decorator
  @inline
  apply(rows: usize, bytes: usize, to: usize, step: usize): void {
    changetype<F>(0).input(rows, bytes, to, step);
  }
}

/** Gradients of results: tiles share nothing. */
export class Gradients<F extends Form> extends SideOf<F> {
  // @ts-ignore: decorator
  @inline
  size(): i32 {
    return changetype<F>(0).results();
  }
  // @ts-ignore: decorator
  @inline
  apply(rows: usize, bytes: usize, to: usize, step: usize): void {
    changetype<F>(0).gradient(rows, bytes, to, step);
  }
}

/** Images that tiles cover, the channels that are wanted, and how their transforms lie; a task's own record, or the head of a launch's. */
@unmanaged
export class Tiling {
  /** [batch][height][width][allChannels], at the first channel wanted */
  images: usize;
  height: i32;
  width: i32;
  allChannels: i32;
  channels: i32;
  /** Rows and columns of zeros before the image; may be negative. */
  padTop: i32;
  padLeft: i32;
  /** Tiles over the height and along the width of an image. */
  down: i32;
  across: i32;
  /** Tiles of a strip, at most. */
  strip: i32;
  /** Bytes from tile to tile, and from frequency to frequency, of the result. */
  tilePitch: usize;
  plane: usize;
  /** Bytes of channels that lie side by side in the result, a multiple of 32, and from one such piece to the next. */
  piece: usize;
  piecePitch: usize;
}

// `work`: tables of addresses, the ends of rows, a row of zeros, the transformed rows.
const ROWS: usize = 0; // usize[8]
const COLUMNS: usize = 32; // usize[8]
const ENDS: usize = 64; // float32[8][8]
const STRIP: usize = 320;

/** Bytes from row to row of a strip. */
// @ts-ignore: decorator
@inline
function rowPitch<S extends Side>(g: Tiling): usize {
  const side = changetype<S>(0);
  const pixels = (g.strip - 1) * side.step() + side.size();
  return oddLines(((<usize>(pixels * g.channels)) << 2) + 32);
}

/** Makes the row of zeros; before the first `transformTiles`. @param work 320 + (points + 1) * rowPitch bytes, 64-byte aligned */
// @ts-ignore: decorator
@inline
export function startTiling<S extends Side>(g: Tiling, work: usize): void {
  zero(work + STRIP, <i32>(rowPitch<S>(g) >> 2));
}

/** Transforms `count` tiles from tile `first` of all images, the first to `to`. */
export function transformTiles<S extends Side>(g: Tiling, work: usize, first: i32, count: i32, to: usize): void {
  const side = changetype<S>(0);
  const perImage = g.down * g.across;
  while (count > 0) {
    const place = first % perImage;
    const column = place % g.across;
    const tiles = min(min(count, g.across - column), g.strip);
    const image = g.images + ((<usize>(first / perImage) * <usize>(g.height * g.width) * <usize>g.allChannels) << 2);
    const pixels = (tiles - 1) * side.step() + side.size();
    const row = (place / g.across) * side.step() - g.padTop;
    transformRows<S>(g, work, image, row, column * side.step() - g.padLeft, pixels);
    transformColumns<S>(g, work, tiles, to);
    first += tiles;
    count -= tiles;
    to += <usize>tiles * g.tilePitch;
  }
}

/** The 1-D transform over the rows of `pixels` columns from (top, left). */
function transformRows<S extends Side>(g: Tiling, work: usize, image: usize, top: i32, left: i32, pixels: i32): void {
  const side = changetype<S>(0);
  const cell = (<usize>g.channels) << 2;
  const pitch = rowPitch<S>(g);
  const strip = work + STRIP + pitch;
  const begin = min(max(-left, 0), pixels);
  const end = max(min(pixels, g.width - left), begin);
  // All channels: the row is one run. Some of them: a run a pixel.
  const whole = g.channels == g.allChannels;
  const length = whole ? (end - begin) * g.channels : g.channels;
  for (let column = begin; column < end; column = whole ? end : column + 1) {
    for (let r = 0; r < side.size(); r++) {
      const row = top + r;
      const inside = row >= 0 && row < g.height;
      const at = image + ((<usize>(row * g.width + left + column) * <usize>g.allChannels) << 2);
      store<usize>(work + ROWS + ((<usize>r) << 2), inside ? at : work + STRIP);
    }
    const to = strip + <usize>column * cell;
    const most = (<usize>(length & ~7)) << 2;
    side.apply(work + ROWS, most, to, pitch);
    if (length & 7) {
      // Eight can not be read where fewer are left: they may be the last of the memory.
      for (let r = 0; r < side.size(); r++) {
        const row = work + ROWS + ((<usize>r) << 2);
        const staged = work + ENDS + ((<usize>r) << 5);
        copy(load<usize>(row) + most, staged, length & 7);
        store<usize>(row, staged);
      }
      side.apply(work + ROWS, 32, to + most, pitch);
    }
  }
  for (let p: usize = 0; p < <usize>side.points(); p++) {
    zero(strip + p * pitch, begin * g.channels);
    zero(strip + p * pitch + <usize>end * cell, (pixels - end) * g.channels);
  }
}

/** The 1-D transform over the columns of each tile of the strip. */
function transformColumns<S extends Side>(g: Tiling, work: usize, tiles: i32, to: usize): void {
  const side = changetype<S>(0);
  const cell = (<usize>g.channels) << 2;
  const pitch = rowPitch<S>(g);
  const strip = work + STRIP + pitch;
  const points = <usize>side.points();
  for (let tile = 0; tile < tiles; tile++, to += g.tilePitch) {
    for (let p: usize = 0; p < points; p++) {
      const from = strip + p * pitch + <usize>(tile * side.step()) * cell;
      let out = to + p * points * g.plane;
      for (let at: usize = 0; at < cell; at += g.piece, out += g.piecePitch) {
        for (let c = 0; c < side.size(); c++) {
          store<usize>(work + COLUMNS + ((<usize>c) << 2), from + <usize>c * cell + at);
        }
        side.apply(work + COLUMNS, min(g.piece, (cell - at + 31) & ~31), out, g.plane);
      }
    }
  }
}
