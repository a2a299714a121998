import { readFile, stat } from "node:fs/promises";
import type sharpDefault from "sharp";
import type { Sharp } from "sharp";
import { BackendError, FormatError, MillraceError } from "../../core/errors.ts";
import { type Image, toBytes, withChannels } from "../../data/image.ts";
import { systemReason } from "../system-error.ts";
import { jpegComponents, sniffFormat } from "./sniff.ts";

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
 * what is transparent becomes white; 16 bits become 8. Colour profiles are ignored, as Pillow and TensorFlow do, so CMYK
 * becomes RGB by Pillow's formula, and grey is `withChannels`' as of pictures from anywhere else.
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
  const { maxPixels = DEFAULT_MAX_PIXELS, channels = 3 } = options;
  try {
    const input = sharp(bytes, { failOn: "error", ignoreIcc: true, limitInputPixels: maxPixels, sequentialRead: true });
    const inks = await isCmyk(bytes, input);
    const { data, info } = await prepared(input, inks ? "cmyk" : "srgb", options)
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    const decoded = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const pixels = inks ? colorsOfInks(decoded) : decoded;
    // libvips' own grey weighs colours otherwise.
    return toBytes(withChannels({ pixels, height: info.height, width: info.width, channels: 3 }, channels));
  } catch (error) {
    throw await explained(error, bytes, name, maxPixels);
  }
}

function prepared(input: Sharp, space: "srgb" | "cmyk", { shortSide }: DecodeOptions): Sharp {
  const upright = input.autoOrient().flatten({ background: "white" });
  const colored = (space === "cmyk" ? upright.pipelineColourspace("cmyk") : upright).toColourspace(space);
  if (shortSide === undefined) return colored;
  // The default fastShrinkOnLoad lets the JPEG decoder leave most of the work undone.
  return colored.resize(shortSide, shortSide, { fit: "outside", withoutEnlargement: true, kernel: "linear" });
}

/** Whether four inks make a pixel. sharp's look at the head takes 0.3 ms, a tenth of a photo's decoding: JPEG goes without. */
async function isCmyk(bytes: Uint8Array, input: Sharp): Promise<boolean> {
  const format = sniffFormat(bytes);
  if (format === "jpeg") return jpegComponents(bytes) === 4;
  if (format !== "tiff") return false;
  const { space, channels } = await input.metadata();
  return space === "cmyk" && channels === 4;
}

/** Cyan, magenta, yellow and black as red, green and blue, without a profile: Pillow's cmyk2rgb of Convert.c, to the bit. */
function colorsOfInks(inks: Uint8Array): Uint8Array {
  const pixels = new Uint8Array((inks.length / 4) * 3);
  for (let from = 0, to = 0; from < inks.length; from += 4, to += 3) {
    const white = 255 - inks[from + 3]!;
    for (let channel = 0; channel < 3; channel++) {
      const product = inks[from + channel]! * white + 128;
      // Over 255, rounded.
      pixels[to + channel] = white - (((product >> 8) + product) >> 8);
    }
  }
  return pixels;
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
