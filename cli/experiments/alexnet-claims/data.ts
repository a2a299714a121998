/** The pictures of the experiment: small, in memory, in three parts. */
import { createHash } from "node:crypto";
import * as tf from "millrace";
import { openImageData } from "millrace/node";
import { type Config, FEWEST_PART } from "./config.ts";

export interface ExperimentData {
  readonly classes: readonly string[];
  /** Networks learn from these, or from some of them. */
  readonly train: tf.data.MemoryImages;
  /** Learning rates are chosen by these. */
  readonly validation: tf.data.MemoryImages;
  /** Nothing is chosen by these. */
  readonly test: tf.data.MemoryImages;
  /** As the AlexNet paper has it: random crops, mirror images, colours moved along their principal axes. */
  readonly preset: tf.data.Preset;
  /** All of a part as networks are measured on it. */
  readonly measured: { readonly validation: readonly tf.train.Batch[]; readonly test: readonly tf.train.Batch[] };
  /** Of pixels and labels: an experiment goes on only with the same images. */
  readonly sha256: string;
}

export interface LoadingReports {
  readonly onProgress: (done: number, total: number) => void;
  readonly onBroken: (name: string, reason: string) => void;
}

type Part = "train" | "validation" | "test";

/** Room for random crops, as 256 is for 224. */
const MARGIN = 256 / 224;

/** Seeds of the generated parts: no two have a picture in common. */
const SHAPES_SEEDS: Readonly<Record<Part, number>> = { train: 1, validation: 2, test: 3 };

/**
 * Reads or draws all pictures, at the size that networks read and a margin.
 * @throws ValueError, FormatError when there are too few, or only one class.
 */
export async function loadData(config: Config, reports: LoadingReports): Promise<ExperimentData> {
  const { imageSize } = config;
  const sources = config.data === null ? drawn(config) : await read(config, config.data);
  const classes = sources.train.classes ?? [];
  if (classes.length < 2) {
    throw new tf.ValueError({
      problem: `experiment: the data has ${classes.length} classes.`,
      fix: "pass data with at least two.",
    });
  }
  const side = Math.round(imageSize * MARGIN);
  const counts: Readonly<Record<Part, number>> = {
    train: config.sizes[2],
    validation: config.validationImages,
    test: config.testImages,
  };
  const wanted = (part: Part): number => Math.min(counts[part], sources[part].size);
  const total = wanted("train") + wanted("validation") + wanted("test");
  let done = 0;
  const load = (part: Part): Promise<tf.data.MemoryImages> =>
    resized(sources[part], wanted(part), side, { ...reports, onProgress: () => reports.onProgress(++done, total) });
  const [train, validation, test] = [await load("train"), await load("validation"), await load("test")];
  const least = FEWEST_PART * config.batchSize;
  if (train.size < least) {
    throw new tf.ValueError({
      problem: `experiment: there are ${train.size} images to train on that can be read.`,
      fix: `pass data with at least ${least}: a sixteenth of them has to fill a batch.`,
    });
  }
  const colors = await tf.data.augment.colorStatistics(train);
  const preset = tf.data.alexnetPaper({ size: imageSize, colors });
  const measured = {
    validation: await measuredBatches(validation, validation.size, preset),
    test: await measuredBatches(test, test.size, preset),
  };
  return { classes, train, validation, test, preset, measured, sha256: digestOf([train, validation, test]) };
}

function digestOf(parts: readonly tf.data.MemoryImages[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    for (let index = 0; index < part.size; index++) {
      const { pixels, label } = part.get(index);
      hash.update(pixels).update(`${label},`);
    }
  }
  return hash.digest("hex");
}

function drawn({
  imageSize,
  sizes: [, , images],
  validationImages,
  testImages,
}: Config): Record<Part, tf.data.ImageSource> {
  const size = Math.round(imageSize * MARGIN);
  const part = (count: number, seed: number): tf.data.ImageSource => tf.data.shapes({ size, count, seed });
  return {
    train: part(images, SHAPES_SEEDS.train),
    validation: part(validationImages, SHAPES_SEEDS.validation),
    test: part(testImages, SHAPES_SEEDS.test),
  };
}

/** Parts that a data set lacks are split off those that it has. All in random order: folders come class by class. */
async function read(
  { validationImages, testImages }: Config,
  path: string,
): Promise<Record<Part, tf.data.ImageSource>> {
  const data = await openImageData(path, { channels: 3, split: { seed: 0, validation: 0.2 } });
  const rest = data.validation ?? data.train;
  const [test, validation] =
    data.test !== null ? [data.test, rest] : tf.data.randomSplit(rest, testImages / (testImages + validationImages), 0);
  return { train: shuffled(data.train), validation: shuffled(validation), test: shuffled(test) };
}

function shuffled(source: tf.data.ImageSource): tf.data.ImageSource {
  return tf.data.subset(source, new tf.data.RandomStream(0, "split").permutation(source.size));
}

/** The first so many pictures, resized to a square of this side; those that cannot be read are reported and left out. */
async function resized(
  source: tf.data.ImageSource,
  count: number,
  side: number,
  { onProgress, onBroken }: { onProgress: () => void; onBroken: LoadingReports["onBroken"] },
): Promise<tf.data.MemoryImages> {
  const { resize, centerCrop, applyTransforms } = tf.data.augment;
  const transforms = [resize(side), centerCrop(side)];
  const random = new tf.data.RandomStream(0, "transform");
  const length = side * side * 3;
  const pixels = new Uint8Array(count * length);
  const labels = new Int32Array(count);
  let kept = 0;
  for (let index = 0; index < source.size && kept < count; index++) {
    try {
      const picture = await source.get(index);
      const [small] = applyTransforms(picture, transforms, random);
      pixels.set(tf.data.toBytes(tf.data.withChannels(small!, 3)).pixels, kept * length);
      labels[kept++] = picture.label;
      onProgress();
    } catch (error) {
      if (!(error instanceof tf.FormatError)) throw error;
      onBroken(source.name?.(index) ?? `image ${index}`, error.problem);
    }
  }
  const data = { pixels: pixels.subarray(0, kept * length), labels: labels.subarray(0, kept) };
  return new tf.data.MemoryImages({ ...data, height: side, width: side, channels: 3 }, source.classes);
}

/** Images as a network is measured on them: the middle, not mirrored; made once, used again and again. */
export async function measuredBatches(
  source: tf.data.ImageSource,
  count: number,
  { evaluate }: tf.data.Preset,
): Promise<tf.train.Batch[]> {
  const first = Array.from({ length: Math.min(count, source.size) }, (_, index) => index);
  await using batches = new tf.data.ImageBatches(tf.data.subset(source, first), {
    batchSize: Math.min(250, first.length),
    transforms: evaluate,
  });
  const made: tf.train.Batch[] = [];
  // Not released: their memory stays theirs.
  for await (const { images, labels, size } of batches) made.push({ images, labels, size });
  return made;
}
