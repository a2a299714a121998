import { type Padding, paddingOf, slide, slideOutput, type Window } from "../../core/window.ts";
import type { ConcreteSpec, TensorSpec } from "../../graph/op-def.ts";
import type { OpOptions } from "./define-op.ts";
import { requireRoom } from "./require-room.ts";
import { requireDType, requireRank, requireValue } from "./requirements.ts";

/** A window as TensorFlow 1 writes it, one number for each of batch, height, width, channels: `[1, 3, 3, 1]`. */
export type Window4 = readonly [number, number, number, number];

/** How a pool slides over its images. */
export interface PoolAttrs {
  /** Size of the window in cells; 1 for batch and channels. */
  readonly ksize: Window4;
  /** Cells from window to window; 1 for batch and channels. */
  readonly strides: Window4;
  readonly padding: Padding;
}

/** `[1, height, width, 1]`, `[height, width]`, or one number for both. */
export type Cells = number | readonly [number, number] | Window4;

export interface PoolOptions extends OpOptions {
  /** Size of the window in cells. */
  readonly ksize: Cells;
  /** Cells from window to window. */
  readonly strides: Cells;
  readonly padding: Padding;
}

/** Everything a kernel needs of a pool at concrete shapes. */
export interface PoolGeometry {
  readonly batch: number;
  readonly channels: number;
  readonly height: Window;
  readonly width: Window;
}

/** The output of a pool over `images`. @throws OpProblem when the images or the window do not fit. */
export function inferPool(images: TensorSpec, attrs: PoolAttrs): TensorSpec {
  requireDType("images", images, "float32");
  requireRank("images", images, 4, "batch, height, width, channels");
  requirePool(attrs);
  const [batch = null, height = null, width = null, channels = null] = images.shape;
  const { ksize, strides, padding } = attrs;
  const rows = slideOutput(height, ksize[1], strides[1], 1, paddingOf(padding, 0));
  const columns = slideOutput(width, ksize[2], strides[2], 1, paddingOf(padding, 1));
  requireRoom({ images: images.shape, output: [rows, columns], what: `window of ${ksize[1]} x ${ksize[2]}` });
  return { shape: [batch, rows, columns, channels], dtype: "float32" };
}

/** The geometry of a pool over `images`, which fit. */
export function poolGeometry(images: ConcreteSpec, { ksize, strides, padding }: PoolAttrs): PoolGeometry {
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  return {
    batch,
    channels,
    height: slide(height, ksize[1], strides[1], 1, paddingOf(padding, 0)),
    width: slide(width, ksize[2], strides[2], 1, paddingOf(padding, 1)),
  };
}

/** The attributes alone, without what else the options hold. */
export function poolAttrs(options: PoolOptions): PoolAttrs {
  return { ksize: toWindow4(options.ksize), strides: toWindow4(options.strides), padding: options.padding };
}

function toWindow4(cells: Cells): Window4 {
  if (typeof cells === "number") return [1, cells, cells, 1];
  return Array.isArray(cells) && cells.length === 2 ? [1, cells[0], cells[1], 1] : (cells as Window4);
}

function requirePool({ ksize, strides, padding }: PoolAttrs): void {
  for (const [name, list] of Object.entries({ ksize, strides })) {
    requireValue(
      Array.isArray(list) &&
        list.length === 4 &&
        list.every((entry) => Number.isInteger(entry) && entry >= 1) &&
        list[0] === 1 &&
        list[3] === 1,
      `${name} is ${Array.isArray(list) ? `[${list.join(", ")}]` : JSON.stringify(list)}.`,
      `${name} is [1, height, width, 1], [height, width] or one number, of positive integers.`,
    );
  }
  if (typeof padding === "string" || !Array.isArray(padding)) {
    requireValue(
      padding === "SAME" || padding === "VALID",
      `padding is ${JSON.stringify(padding)}.`,
      'padding is "SAME", "VALID" or [[top, bottom], [left, right]].',
    );
    return;
  }
  for (const axis of [0, 1] as const) {
    const [before, after] = padding[axis];
    // Otherwise a window could lie in the padding alone, and would have nothing to pool.
    const fits = [before, after].every((cells) => Number.isInteger(cells) && cells >= 0 && cells < ksize[axis + 1]!);
    requireValue(
      fits,
      `padding of ${before} and ${after} cells does not fit a window of ${ksize[axis + 1]}.`,
      "pad at least 0 cells and fewer than the window has.",
    );
  }
}
