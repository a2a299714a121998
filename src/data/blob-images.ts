import { BackendError, FormatError, ValueError } from "../core/errors.ts";
import { type Image, type ImageSource, type LabeledImage, withChannels } from "./image.ts";

/** A picture file of a page: a `File` that somebody chose or dropped, the body of an answer. */
export interface PictureBlob {
  readonly blob: Blob;
  /** A class, from 0. */
  readonly label: number;
  /** What it is called in messages; default: the name of a `File`, else `image 17`. */
  readonly name?: string;
}

export interface BlobImagesOptions {
  /** Names of the classes, by label. */
  readonly classes?: readonly string[];
  /** 3 (default) for colour, 1 for grey. */
  readonly channels?: 1 | 3;
  /** Pictures with more pixels are refused; default 64 Mi (8,192 x 8,192). */
  readonly maxPixels?: number;
  /** Who decodes; default `decodeBlob`, the browser. In Node.js, `decodeImage` of `millrace/node` can. */
  readonly decode?: DecodePicture;
}

/** Makes pixels of a picture file. @throws FormatError, whose message need not say which file, when it cannot be decoded. */
export type DecodePicture = (blob: Blob, options: { readonly maxPixels: number }) => Image | Promise<Image>;

const MAX_PIXELS = 8192 * 8192;

/** Picture files at hand in a page, decoded each time they are read. */
export class BlobImages implements ImageSource {
  readonly size: number;
  readonly channels: 1 | 3;
  readonly classes: readonly string[] | undefined;
  readonly #files: readonly PictureBlob[];
  readonly #decode: DecodePicture;
  readonly #maxPixels: number;

  constructor(files: Iterable<PictureBlob>, options: BlobImagesOptions = {}) {
    const { classes, channels = 3, maxPixels = MAX_PIXELS, decode = decodeBlob } = options;
    this.#files = Array.from(files);
    this.size = this.#files.length;
    this.channels = channels;
    this.classes = classes;
    this.#decode = decode;
    this.#maxPixels = maxPixels;
  }

  name(index: number): string {
    const file = this.#files[index];
    return file?.name ?? (file !== undefined && file.blob instanceof File ? file.blob.name : `image ${index}`);
  }

  async get(index: number): Promise<LabeledImage> {
    const file = this.#files[index];
    if (file === undefined) {
      throw new ValueError({
        problem: `there is no picture ${index}, there are ${this.size}.`,
        fix: `pass a number from 0 to ${this.size - 1}.`,
      });
    }
    const picture = await this.#decode(file.blob, { maxPixels: this.#maxPixels });
    return { ...withChannels(picture, this.channels), label: file.label };
  }
}

/**
 * The pixels of a picture file, `[height, width, 3]`, by what a browser decodes: JPEG, PNG, WebP, GIF (its first frame), AVIF.
 * As in Node.js it is turned as its EXIF orientation says, what is transparent becomes white, colour profiles are ignored.
 * JPEG decoders differ in the last bits: where the same tensor as elsewhere matters, use PNG.
 *
 * @throws FormatError when the browser cannot decode it, or it has more than `maxPixels` pixels (default 64 Mi).
 * @throws BackendError where there is no `createImageBitmap`: Node.js has `decodeImage` of `millrace/node`.
 */
export async function decodeBlob(
  blob: Blob,
  { maxPixels = MAX_PIXELS }: { readonly maxPixels?: number } = {},
): Promise<Image> {
  if (typeof createImageBitmap === "undefined" || typeof OffscreenCanvas === "undefined") {
    throw new BackendError({
      problem: "decodeBlob: this platform has no createImageBitmap and OffscreenCanvas.",
      fix: "in Node.js use openImageData or decodeImage of millrace/node.",
    });
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { imageOrientation: "from-image", colorSpaceConversion: "none" });
  } catch (cause) {
    const problem = `it cannot be decoded: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new FormatError({ problem, fix: "replace or remove the file.", cause });
  }
  try {
    const { width, height } = bitmap;
    if (width * height > maxPixels) {
      const limit = maxPixels.toLocaleString("en-US");
      throw new FormatError({
        problem: `it has ${width} x ${height} pixels, more than the limit of ${limit}.`,
        fix: "make it smaller.",
      });
    }
    return { pixels: colorsOf(bitmap, width, height), height, width, channels: 3 };
  } finally {
    bitmap.close();
  }
}

function colorsOf(bitmap: ImageBitmap, width: number, height: number): Uint8Array {
  const context = new OffscreenCanvas(width, height).getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) throw new BackendError({ problem: "decodeBlob: this platform gives no canvas to draw on." });
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    pixels[to] = data[from]!;
    pixels[to + 1] = data[from + 1]!;
    pixels[to + 2] = data[from + 2]!;
  }
  return pixels;
}
