import { availableParallelism } from "node:os";
import { applyTransforms } from "../../data/augment/apply.ts";
import type { Transform } from "../../data/augment/transform.ts";
import { type Image, type ImageSource, toBytes, withChannels } from "../../data/image.ts";
import type { Preset } from "../../data/presets.ts";
import { type BrokenImage, nameOf, reasonOf } from "../../data/produce.ts";
import { RandomStream } from "../../data/random-stream.ts";
import { inOrder } from "./in-order.ts";

/** What a look at every picture found. */
export interface ImageReport {
  /** Pictures that can be read, and are of a class. */
  readonly readable: number;
  readonly broken: readonly BrokenImage[];
  /** Readable pictures by class. */
  readonly perClass: readonly number[];
  /** Of the shorter and the longer sides; zeros when nothing can be read. */
  readonly shortSide: Spread;
  readonly longSide: Spread;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Reads every picture, as many at once as the machine runs threads, and counts. */
export async function inspectImages(source: ImageSource, onProgress?: (done: number) => void): Promise<ImageReport> {
  const broken: BrokenImage[] = [];
  const perClass = (source.classes ?? []).map(() => 0);
  const shortSides: number[] = [];
  const longSides: number[] = [];
  const all = Array.from({ length: source.size }, (_, index) => index);
  const looks = inOrder(all, availableParallelism() + 1, async (index) => look(source, index));
  let done = 0;
  for await (const found of looks) {
    if ("reason" in found) {
      broken.push(found);
    } else {
      perClass[found.label] = (perClass[found.label] ?? 0) + 1;
      shortSides.push(Math.min(found.height, found.width));
      longSides.push(Math.max(found.height, found.width));
    }
    onProgress?.(++done);
  }
  return {
    readable: shortSides.length,
    broken,
    perClass,
    shortSide: spreadOf(shortSides),
    longSide: spreadOf(longSides),
  };
}

async function look(
  source: ImageSource,
  index: number,
): Promise<BrokenImage | { label: number; height: number; width: number }> {
  try {
    const { label, height, width } = await source.get(index);
    const classes = source.classes?.length ?? Number.POSITIVE_INFINITY;
    if (label >= 0 && label < classes) return { label, height, width };
    return {
      index,
      name: nameOf(source, index),
      reason: `its label is ${label}, the classes are 0 to ${classes - 1}.`,
    };
  } catch (error) {
    const name = nameOf(source, index);
    return { index, name, reason: reasonOf(error, name) };
  }
}

function spreadOf(values: number[]): Spread {
  const sorted = values.sort((a, b) => a - b);
  return { min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 };
}

export interface ContactSheetOptions {
  readonly preset: Preset;
  /** Rows, each of one picture; default 8. */
  readonly rows?: number;
  /** Columns; the first is what evaluation sees, the others what training sees in as many epochs. Default 8. */
  readonly columns?: number;
  readonly seed?: number;
}

const GAP = 2;

/** One picture of many: what a network gets to see. Pictures that cannot be read are passed over. */
export async function contactSheet(source: ImageSource, options: ContactSheetOptions): Promise<Image> {
  const { preset, rows = 8, columns = 8, seed = 0 } = options;
  const sheetRows: Image[][] = [];
  for (const index of new RandomStream(seed, "split").permutation(source.size)) {
    if (sheetRows.length === rows) break;
    let picture: Image;
    try {
      picture = withChannels(await source.get(index), 3);
    } catch {
      continue;
    }
    const augmented = (column: number): Image =>
      seen(
        picture,
        column === 0 ? preset.evaluate : preset.train,
        new RandomStream(seed, "transform", { index, epoch: column }),
      );
    sheetRows.push(Array.from({ length: columns }, (_, column) => augmented(column)));
  }
  return tile(sheetRows);
}

/** Without what is not to be looked at. */
function seen(picture: Image, transforms: readonly Transform[], random: RandomStream): Image {
  const visible = transforms.filter(({ type }) => type !== "normalize" && type !== "tenCrop");
  return applyTransforms(picture, visible, random)[0] ?? picture;
}

/** Pictures side by side on white, in cells as large as the largest. */
function tile(rows: readonly (readonly Image[])[]): Image {
  const all = rows.flat();
  const cellHeight = Math.max(1, ...all.map(({ height }) => height)) + GAP;
  const cellWidth = Math.max(1, ...all.map(({ width }) => width)) + GAP;
  const height = Math.max(rows.length, 1) * cellHeight + GAP;
  const width = Math.max(rows[0]?.length ?? 0, 1) * cellWidth + GAP;
  const pixels = new Uint8Array(height * width * 3).fill(255);
  for (const [row, pictures] of rows.entries()) {
    for (const [column, picture] of pictures.entries()) {
      const bytes = toBytes(picture).pixels;
      for (let y = 0; y < picture.height; y++) {
        const to = ((row * cellHeight + GAP + y) * width + column * cellWidth + GAP) * 3;
        pixels.set(bytes.subarray(y * picture.width * 3, (y + 1) * picture.width * 3), to);
      }
    }
  }
  return { pixels, height, width, channels: 3 };
}
