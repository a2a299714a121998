import { ValueError } from "../../core/errors.ts";
import type { Image, Pixels } from "../image.ts";
import { resizeColors } from "./resize-vectors.ts";

/** A rectangle of whole pixels. */
export interface Region {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Scales a picture, or a region of it, bilinearly. When it gets smaller the triangle widens with the scale, so that every
 * pixel counts (antialiasing). Bytes give bytes, with the very bits of Pillow's `resize(..., BILINEAR)`, which torchvision
 * calls on pictures; floats give floats.
 *
 * @see Pillow, src/libImaging/Resample.c: coefficients of 22 bits, across first, rounded to bytes, then down.
 */
export function resize(
  picture: Image,
  size: { readonly height: number; readonly width: number },
  region?: Region,
): Image {
  const { channels } = picture;
  const from = region ?? { top: 0, left: 0, height: picture.height, width: picture.width };
  requireSize("resize", size.height, size.width);
  const across = triangles(from.width, size.width);
  const down = triangles(from.height, size.height);
  const rowLength = size.width * channels;
  let pixels: Pixels;
  if (picture.pixels instanceof Uint8Array) {
    const filters = [fixedPoint(across), fixedPoint(down)] as const;
    // Colours in vectors, where the platform has them; the loops below say what comes out.
    pixels =
      (channels === 3 ? resizeColors(picture.pixels, picture.width, from, ...filters) : null) ??
      bytesDown(bytesAcross(picture.pixels, picture, from, filters[0], size.width), rowLength, filters[1], size.height);
  } else {
    pixels = floatsDown(floatsAcross(picture.pixels, picture, from, across, size.width), rowLength, down, size.height);
  }
  return { pixels, height: size.height, width: size.width, channels };
}

/** Scales so that the shorter side becomes `shortSide` and the ratio stays; the longer is rounded down, as torchvision's. */
export function resizeShortSide(picture: Image, shortSide: number): Image {
  const { height, width } = picture;
  if (Math.min(height, width) === shortSide) return picture;
  const size =
    height <= width
      ? { height: shortSide, width: Math.trunc((shortSide * width) / height) }
      : { height: Math.trunc((shortSide * height) / width), width: shortSide };
  return resize(picture, size);
}

export function requireSize(name: string, height: number, width: number): void {
  if (Number.isInteger(height) && Number.isInteger(width) && height > 0 && width > 0) return;
  throw new ValueError({
    problem: `${name}: ${height} x ${width} is no size of a picture.`,
    fix: "pass whole numbers above 0.",
  });
}

/** For every result: the first element it is made of, and as many weights as `taps`, of which `counts` are used. */
interface Filter<W> {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: W;
  readonly taps: number;
}

const FRACTION_BITS = 22;
const HALF = 1 << (FRACTION_BITS - 1);

/** The widened triangles that make `to` elements of `from`. */
function triangles(from: number, to: number): Filter<Float64Array> {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float64Array(to * taps);
  for (let index = 0; index < to; index++) {
    const center = (index + 0.5) * scale;
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const count = Math.min(Math.trunc(center + support + 0.5), from) - start;
    const at = index * taps;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = Math.max(1 - Math.abs((tap + start - center + 0.5) * (1 / support)), 0);
      weights[at + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < count; tap++) weights[at + tap] = weights[at + tap]! / sum;
    starts[index] = start;
    counts[index] = count;
  }
  return { starts, counts, weights, taps };
}

/** Weights as whole numbers, 2^22 of them together. */
export type FixedFilter = Filter<Int32Array>;

function fixedPoint({ starts, counts, weights, taps }: Filter<Float64Array>): FixedFilter {
  const rounded = new Int32Array(weights.length);
  for (let at = 0; at < weights.length; at++) rounded[at] = 0.5 + weights[at]! * (1 << FRACTION_BITS);
  return { starts, counts, weights: rounded, taps };
}

// The same loops for bytes and for floats: with both in one, V8 would make slow code of it. Sums of bytes stay below
// 2^31, 255 times a total weight of 2^22, and `Math.imul` says so.

function bytesAcross(pixels: Uint8Array, picture: Image, from: Region, filter: FixedFilter, width: number): Uint8Array {
  const { channels } = picture;
  const { starts, counts, weights, taps } = filter;
  const result = new Uint8Array(from.height * width * channels);
  let to = 0;
  for (let y = 0; y < from.height; y++) {
    const row = ((from.top + y) * picture.width + from.left) * channels;
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let at = row + starts[x]! * channels + channel;
        let sum = HALF;
        for (let tap = 0; tap < counts[x]!; tap++, at += channels) {
          sum = (sum + Math.imul(pixels[at]!, weights[x * taps + tap]!)) | 0;
        }
        result[to++] = sum >> FRACTION_BITS;
      }
    }
  }
  return result;
}

/** Two rows at a time, along them: twice as fast as one result at a time. */
function bytesDown(rows: Uint8Array, rowLength: number, filter: FixedFilter, height: number): Uint8Array {
  const { starts, counts, weights, taps } = filter;
  const result = new Uint8Array(height * rowLength);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    let at = starts[y]! * rowLength;
    let tap = y * taps;
    const end = tap + counts[y]!;
    for (; tap + 1 < end; tap += 2, at += 2 * rowLength) {
      const weight = weights[tap]!;
      const nextWeight = weights[tap + 1]!;
      const next = at + rowLength;
      for (let x = 0; x < rowLength; x++) {
        sums[x] = (sums[x]! + Math.imul(rows[at + x]!, weight) + Math.imul(rows[next + x]!, nextWeight)) | 0;
      }
    }
    const weight = tap < end ? weights[tap]! : 0;
    if (tap === end) at -= rowLength;
    const to = y * rowLength;
    for (let x = 0; x < rowLength; x++) result[to + x] = (sums[x]! + Math.imul(rows[at + x]!, weight)) >> FRACTION_BITS;
  }
  return result;
}

function floatsAcross(
  pixels: Float32Array,
  picture: Image,
  from: Region,
  filter: Filter<Float64Array>,
  width: number,
): Float32Array {
  const { starts, counts, weights, taps } = filter;
  const { channels } = picture;
  const result = new Float32Array(from.height * width * channels);
  let to = 0;
  for (let y = 0; y < from.height; y++) {
    const row = ((from.top + y) * picture.width + from.left) * channels;
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let at = row + starts[x]! * channels + channel;
        let sum = 0;
        for (let tap = 0; tap < counts[x]!; tap++, at += channels) sum += pixels[at]! * weights[x * taps + tap]!;
        result[to++] = sum;
      }
    }
  }
  return result;
}

function floatsDown(rows: Float32Array, rowLength: number, filter: Filter<Float64Array>, height: number): Float32Array {
  const { starts, counts, weights, taps } = filter;
  const result = new Float32Array(height * rowLength);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < rowLength; x++) {
      let at = starts[y]! * rowLength + x;
      let sum = 0;
      for (let tap = 0; tap < counts[y]!; tap++, at += rowLength) sum += rows[at]! * weights[y * taps + tap]!;
      result[y * rowLength + x] = sum;
    }
  }
  return result;
}
