import { readFile, stat } from "node:fs/promises";
import type sharpDefault from "sharp";
import type { Sharp } from "sharp";
import { BackendError, FormatError, MillraceError } from "../../core/errors.ts";
import type { Image } from "../../data/image.ts";
import { systemReason } from "../system-error.ts";
import { sniffFormat } from "./sniff.ts";

export interface DecodeOptions {
  /** 3 (default) for colour, 1 for grey. */
  readonly channels?: 1 | 3;
  /** Pictures with more pixels are refused before memory is taken for them; default 64 Mi (8,192 x 8,192). */
  readonly maxPixels?: number;
  /**
   * Pictures whose shorter side is longer are scaled down to it while they are decoded, which is much faster for photos
   * of a camera; take about twice of what the network reads. Default: full size.
   */
  readonly shortSide?: number;
}

export const DEFAULT_MAX_PIXELS: number = 8192 * 8192;
/** Of a file: what holds the pixels above uncompressed, four bytes each. */
const MAX_FILE_BYTES = 4 * DEFAULT_MAX_PIXELS;

/**
 * Decodes a picture file: JPEG, PNG, WebP, GIF (its first frame), TIFF, AVIF. It is turned as its EXIF orientation says;
 * what is transparent becomes white; 16 bits become 8. Colour profiles are ignored, as Pillow and TensorFlow do.
 *
 * @throws FormatError, naming the file, when it is no picture, damaged, cut short or too large.
 */
export async function decodeImageFile(
  file: string,
  options: DecodeOptions = {},
): Promise<Image & { readonly pixels: Uint8Array }> {
  return decodeImage(await readWhole(file), options, file);
}

/** The same of a file's bytes; `name` is what errors call it. */
export async function decodeImage(
  bytes: Uint8Array,
  options: DecodeOptions = {},
  name = "image",
): Promise<Image & { readonly pixels: Uint8Array }> {
  if (bytes.length === 0) throw broken(name, "the file is empty.");
  if (sniffFormat(bytes) === null)
    throw broken(name, "it is no JPEG, PNG, WebP, GIF, TIFF or AVIF, whatever its name says.");
  const sharp = await loadSharp();
  const { maxPixels = DEFAULT_MAX_PIXELS } = options;
  try {
    const input = sharp(bytes, { failOn: "error", ignoreIcc: true, limitInputPixels: maxPixels, sequentialRead: true });
    const { data, info } = await prepared(input, options).raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { pixels, height: info.height, width: info.width, channels: info.channels };
  } catch (error) {
    throw await explained(error, bytes, name, maxPixels);
  }
}

function prepared(input: Sharp, { channels = 3, shortSide }: DecodeOptions): Sharp {
  const upright = input.autoOrient().flatten({ background: "white" });
  const colored = channels === 1 ? upright.toColourspace("b-w") : upright.toColourspace("srgb");
  if (shortSide === undefined) return colored;
  // The default fastShrinkOnLoad lets the JPEG decoder leave most of the work undone.
  return colored.resize(shortSide, shortSide, { fit: "outside", withoutEnlargement: true, kernel: "linear" });
}

/** The size of a picture, from the head of its file. */
export async function readImageHeader(bytes: Uint8Array): Promise<{ width: number; height: number; format: string }> {
  const sharp = await loadSharp();
  const { width, height, format } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return { width, height, format };
}

async function explained(error: unknown, bytes: Uint8Array, name: string, maxPixels: number): Promise<MillraceError> {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) {
    const { width, height } = await readImageHeader(bytes);
    return broken(
      name,
      `it has ${width} x ${height} pixels, more than the limit of ${maxPixels.toLocaleString("en-US")}.`,
      error,
    );
  }
  return broken(name, `it cannot be decoded: ${message.split("\n")[0]}`, error);
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    // Not by a file handle, each of whose steps is a message to another thread: 0.3 ms a file against 0.1.
    const kind = await stat(file);
    if (!kind.isFile()) throw broken(file, "it is no file.");
    const { size } = kind;
    if (size > MAX_FILE_BYTES) throw broken(file, `the file has ${size.toLocaleString("en-US")} bytes.`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw broken(file, systemReason(error), error);
  }
}

function broken(name: string, reason: string, cause?: unknown): FormatError {
  return new FormatError({ problem: `${name}: ${reason}`, fix: "replace or remove the file.", cause });
}

/** sharp, loaded when the first picture needs it: it takes 50 ms, and most programs never do. */
export async function loadSharp(): Promise<typeof sharpDefault> {
  try {
    return (await import("sharp")).default;
  } catch (error) {
    throw new BackendError({
      problem: "decoding pictures needs the package sharp, which could not be loaded.",
      fix: "npm install sharp (its binaries are optional dependencies: do not install with --omit=optional).",
      cause: error,
    });
  }
}
