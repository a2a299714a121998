import { ShapeError } from "../core/errors.ts";

/** Interleaved pixels, `[height, width, channels]` row-major, from 0 to 255: bytes, or floats that are not rounded. */
export type Pixels = Uint8Array | Float32Array;

/** A picture on the host. Functions that change one return a new one. */
export interface Image {
  readonly pixels: Pixels;
  readonly height: number;
  readonly width: number;
  /** 1 is grey, 3 is red, green, blue. */
  readonly channels: number;
}

export interface LabeledImage extends Image {
  /** A class, from 0. */
  readonly label: number;
}

/** Pictures by number: a folder of files, the rows of CIFAR-10, generated shapes. */
export interface ImageSource {
  readonly size: number;
  /** Names of the classes, by label. */
  readonly classes?: readonly string[] | undefined;
  /** Of every picture, where they agree. */
  readonly channels?: number | undefined;
  readonly height?: number | undefined;
  readonly width?: number | undefined;
  /** What picture `index` is called in messages: its file; default: `image 17`. */
  name?(index: number): string;
  /** @throws when the picture cannot be read. */
  get(index: number): LabeledImage | Promise<LabeledImage>;
  /** How a worker thread gets at the same pictures; a source without it is read where it is. */
  describe?(): SourceDescription;
}

/** A source as data that can be posted to another thread. */
export type SourceDescription =
  | { readonly type: "memory"; readonly images: MemoryData }
  | {
      readonly type: "shapes";
      readonly options: { readonly size: number; readonly count: number; readonly seed: number };
    }
  | { readonly type: "subset"; readonly of: SourceDescription; readonly indices: Uint32Array }
  /** Files, on the disk or in memory, and how they are decoded: `src/node/data/` knows. */
  | {
      readonly type: "files";
      readonly files: readonly string[];
      readonly labels: readonly number[];
      readonly decoding: object;
    }
  | {
      readonly type: "encoded";
      /** All files; number i ends at ends[i], where the next begins. */
      readonly bytes: Uint8Array;
      readonly ends: readonly number[];
      readonly names: readonly string[];
      readonly labels: readonly number[];
      readonly decoding: object;
    };

/** Pictures of one size, one after the other. */
export interface MemoryData {
  /** `[size, height, width, channels]`; in shared memory, threads read the same. */
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** An image from its parts. @throws ShapeError when the pixels do not fill it. */
export function image(pixels: Pixels, height: number, width: number, channels: number): Image {
  const whole = [height, width, channels].every((dimension) => Number.isInteger(dimension) && dimension > 0);
  if (!whole || pixels.length !== height * width * channels) {
    throw new ShapeError({
      problem: `image: ${pixels.length} pixel values do not fill ${height} x ${width} x ${channels}.`,
      fix: "pass height x width x channels values, row by row, the channels of a pixel together.",
    });
  }
  return { pixels, height, width, channels };
}

/** Uninitialised pixels of the same type. */
export function pixelsLike(pixels: Pixels, length: number): Pixels {
  return pixels instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
}

/** The same values as floats that the caller may change: a copy even of floats. */
export function floatsOf(pixels: Pixels): Float32Array {
  // Not Float32Array.from, which goes through an iterator.
  return new Float32Array(pixels);
}

/** The same picture with bytes, rounded and clamped to 0 .. 255. */
export function toBytes(picture: Image): Image & { readonly pixels: Uint8Array } {
  const { pixels, height, width, channels } = picture;
  const bytes = pixels instanceof Uint8Array ? pixels : new Uint8Array(Uint8ClampedArray.from(pixels).buffer);
  return { pixels: bytes, height, width, channels };
}

/** A picture with one or three channels: grey becomes three equal ones, colours their luma (ITU-R BT.601), of bytes to Pillow's bits. */
export function withChannels(picture: Image, channels: number): Image {
  if (picture.channels === channels) return picture;
  const count = picture.height * picture.width;
  const pixels = pixelsLike(picture.pixels, count * channels);
  if (picture.channels === 1) {
    for (let at = 0; at < count; at++) pixels.fill(picture.pixels[at]!, at * channels, (at + 1) * channels);
  } else if (picture.channels === 3 && channels === 1) {
    const { pixels: from } = picture;
    const luma = from instanceof Uint8Array ? greyByte : grey;
    for (let at = 0; at < count; at++) pixels[at] = luma(from[3 * at]!, from[3 * at + 1]!, from[3 * at + 2]!);
  } else {
    throw new ShapeError({
      problem: `image: ${picture.channels} channels do not become ${channels}.`,
      fix: "use 1 channel (grey) or 3 (red, green, blue).",
    });
  }
  return { pixels, height: picture.height, width: picture.width, channels };
}

/** Luma of ITU-R BT.601. */
export function grey(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** The same rounded to a byte: Pillow's L24 of Convert.c. The weights add up to 2^16, so a grey stays what it is. */
function greyByte(red: number, green: number, blue: number): number {
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
}
