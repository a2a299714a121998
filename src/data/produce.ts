import { MillraceError, ShapeError, ValueError } from "../core/errors.ts";
import { applyTransforms, requireSides } from "./augment/apply.ts";
import { normalizeInto } from "./augment/normalize.ts";
import type { Transform } from "./augment/transform.ts";
import { type ImageSource, withChannels } from "./image.ts";
import { RandomStream } from "./random-stream.ts";

/** How pictures become rows of a batch: the same for every batch. Plain data, but for the source. */
export interface Recipe {
  readonly transforms: readonly Transform[];
  readonly seed: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Rows that one picture becomes. */
  readonly views: number;
}

/** Some pictures of one batch. */
export interface Job {
  readonly epoch: number;
  /** Numbers of the pictures in their source. */
  readonly indices: Uint32Array;
  /** Where they go in the batch: the first one's row, counted in pictures. */
  readonly row: number;
  /** The whole batch, `[size * views, height, width, channels]` and `[size]`. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

/** A picture that could not be read. */
export interface BrokenImage {
  readonly index: number;
  /** Its file, or `image 17`. */
  readonly name: string;
  readonly reason: string;
}

/** A picture that was left out, and its row. */
export interface BrokenRow extends BrokenImage {
  readonly row: number;
}

/**
 * Pictures that are read while one is augmented: reading is often other threads' work. One would come to no more than its
 * file, since this thread has to hand the file on to the decoder; a picture has up to 192 MiB, so it is not many.
 */
const READ_AHEAD = 2;

/**
 * Reads, augments and writes the pictures of a job into its batch. What a picture becomes depends on seed, epoch and its
 * number only. Rows of broken ones keep what they had.
 */
export async function produce(source: ImageSource, recipe: Recipe, job: Job): Promise<BrokenRow[]> {
  const broken: BrokenRow[] = [];
  const reads: Promise<Read>[] = [];
  for (let at = 0; at < job.indices.length; at++) {
    const index = job.indices[at]!;
    while (reads.length <= READ_AHEAD && at + reads.length < job.indices.length)
      reads.push(read(source, job.indices[at + reads.length]!));
    const result = await reads.shift()!;
    const name = nameOf(source, index);
    const reason = "reason" in result ? result.reason : tryRow(result, recipe, job, at, name);
    if (reason !== null) broken.push({ index, row: job.row + at, name, reason });
  }
  return broken;
}

export function nameOf(source: ImageSource, index: number): string {
  return source.name?.(index) ?? `image ${index}`;
}

type Read = Awaited<ReturnType<ImageSource["get"]>> | { readonly reason: string };

async function read(source: ImageSource, index: number): Promise<Read> {
  try {
    return await source.get(index);
  } catch (error) {
    return { reason: reasonOf(error, nameOf(source, index)) };
  }
}

/** What is wrong, in a line that does not repeat the picture's name. */
export function reasonOf(error: unknown, name: string): string {
  const text = error instanceof MillraceError ? error.problem : error instanceof Error ? error.message : String(error);
  return (text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text).replaceAll(/\s*\n\s*/g, "; ");
}

/**
 * A picture that is too small for a crop is left out like one that cannot be read.
 * @throws ValueError for what is wrong with the recipe, whatever the picture.
 */
function tryRow(
  picture: Exclude<Read, { reason: string }>,
  recipe: Recipe,
  job: Job,
  at: number,
  name: string,
): string | null {
  try {
    writeRow(picture, recipe, job, at);
    return null;
  } catch (error) {
    if (error instanceof MillraceError && !(error instanceof ValueError)) return reasonOf(error, name);
    throw error;
  }
}

function writeRow(picture: Exclude<Read, { reason: string }>, recipe: Recipe, job: Job, at: number): void {
  const { transforms, seed, height, width, channels, views } = recipe;
  const index = job.indices[at]!;
  const random = new RandomStream(seed, "transform", { index, epoch: job.epoch });
  // The last step is nearly always `normalize`: it writes straight into the batch, mirroring on the way.
  const last = transforms.at(-1);
  const normalize = last?.type === "normalize" ? last : null;
  const before = normalize === null ? transforms : transforms.slice(0, -1);
  const lastBefore = before.at(-1);
  const flip = normalize !== null && lastBefore?.type === "randomFlip" ? lastBefore : null;
  const pictures = applyTransforms(
    withChannels(picture, channels),
    flip === null ? before : before.slice(0, -1),
    random,
  );
  if (pictures.length !== views) {
    throw new ShapeError({ problem: `batch: a picture became ${pictures.length} views, not ${views}.` });
  }
  const length = height * width * channels;
  for (const [view, made] of pictures.entries()) {
    requireSides(made, height, width);
    const start = ((job.row + at) * views + view) * length;
    const row = job.images.subarray(start, start + length);
    if (normalize !== null) normalizeInto(made, normalize, row, flip !== null && random.chance(flip.probability));
    else row.set(made.pixels);
  }
  job.labels[job.row + at] = picture.label;
}
