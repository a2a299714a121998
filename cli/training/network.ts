/** The networks that can be trained, and what they read. */
import { resolve } from "node:path";
import * as tf from "millrace";
import { loadImages, openImageData, type ImageData } from "millrace/node";
import { MODELS } from "../options.ts";
import { printable } from "../terminal/format.ts";
import type { Settings } from "./settings.ts";

export type TrainModel = tf.models.ModelName | "torchvision-alexnet";

export const TRAIN_MODELS: readonly TrainModel[] = [...MODELS, "torchvision-alexnet"];

export function architectureOf(model: TrainModel): tf.models.Architecture {
  return tf.models.architectures[model === "torchvision-alexnet" ? "alexnet" : model];
}

/** Of its pictures: gray or coloured. */
export function channelsOf(model: TrainModel): 1 | 3 {
  return architectureOf(model).channels === 1 ? 1 : 3;
}

/** What network of these settings is built on images. */
export function buildNetwork(
  { model, normalization, dropout }: Settings,
  classes: number,
  inputs: { readonly images: tf.Tensor; readonly training: boolean },
): tf.models.Model {
  const build = model === "torchvision-alexnet" ? tf.models.torchvisionAlexnet : tf.models[model];
  const choice = normalization === null ? {} : { normalization };
  return build({ ...inputs, ...choice, classes, dropoutRate: dropout });
}

/** Names of the layers behind the last pool, and of those before it, as `--freeze` says them. */
export function layerPatterns(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => (pattern === "features" ? "conv*" : pattern === "classifier" ? "fc*" : pattern));
}

/** What images go through; `plain` neither mirrors nor colours: for digits and letters. */
export function presetOf({ preset, imageSize, model }: Settings): tf.data.Preset {
  if (preset !== "plain") return tf.data.presets[preset]({ size: imageSize });
  const channels = channelsOf(model);
  const { resize, centerCrop, randomCrop, normalize } = tf.data.augment;
  const scale = normalize({
    mean: new Array<number>(channels).fill(127.5),
    deviation: new Array<number>(channels).fill(127.5),
  });
  const whole = [resize(imageSize), centerCrop(imageSize)];
  const shift = randomCrop(imageSize, { padding: Math.max(Math.round(imageSize / 14), 1) });
  return { train: [...whole, shift, scale], evaluate: [...whole, scale] };
}

export interface LoadingOptions {
  /** Threads that decode; default: as many as the machine has, less one. */
  readonly workers?: number;
  /** Whether the first broken picture ends it. */
  readonly strict?: boolean;
  readonly onBroken?: (broken: tf.data.BrokenImage) => void;
}

/** What `loadImages` takes of it: its own strictness tells programmers, not users, what to do. */
function brokenPictures({ strict, ...options }: LoadingOptions): Omit<LoadingOptions, "strict"> {
  if (strict !== true) return options;
  const onBroken = ({ name, reason }: tf.data.BrokenImage): never => {
    throw new tf.FormatError({
      problem: `${name}: ${reason}`,
      fix: "repair, replace or remove it; without --strict such pictures are left out.",
    });
  };
  return { ...options, onBroken };
}

/** The data set, its split decided by the settings. What is odd about it is said on standard error. */
export async function openData(settings: Settings, path: string, classes?: readonly string[]): Promise<ImageData> {
  const { seed, validation, model } = settings;
  const data = await openImageData(path, {
    split: { seed, ...(validation === null ? {} : { validation }) },
    channels: channelsOf(model),
    ...(classes === undefined ? {} : { classes }),
  });
  for (const note of data.notes) process.stderr.write(`millrace: ${printable(note)}\n`);
  return data;
}

export const PARTS = ["test", "validation", "train"] as const;
export type PartName = (typeof PARTS)[number];

/**
 * What a trained network is measured on: a part of a data set; of one without parts, such as a folder of classes, all.
 * @throws ValueError when there is no such part.
 */
export async function openEvaluationData(
  settings: Settings,
  path: string,
  classes: readonly string[],
  wanted?: PartName,
): Promise<{ part: string; source: tf.data.ImageSource }> {
  const isTrained = resolve(path) === settings.data;
  // The data set that was trained on is split in the same way again; another one not at all.
  const data = await openData(isTrained ? settings : { ...settings, validation: 0 }, path, classes);
  const part = wanted ?? PARTS.find((name) => data[name] !== null) ?? "train";
  const source = data[part];
  if (source !== null) return { part: wanted === undefined && part === "train" ? "all" : part, source };
  throw new tf.ValueError({
    problem: `${path} has no ${part} part.`,
    fix: `use ${PARTS.filter((name) => data[name] !== null).join(" or ")}.`,
  });
}

/** Augmented batches, in a new order every epoch. */
export function trainingBatches(
  settings: Settings,
  source: tf.data.ImageSource,
  options: LoadingOptions,
): tf.data.ImageBatches {
  const { batchSize, seed, mix } = settings;
  return loadImages(source, {
    ...brokenPictures(options),
    batchSize: Math.min(batchSize, source.size),
    seed,
    transforms: presetOf(settings).train,
    shuffle: true,
    dropRemainder: true,
    channels: channelsOf(settings.model),
    ...(mix === null ? {} : { mix: tf.data.augment[mix]() }),
  });
}

/** Batches as they are evaluated, in the source's order. */
export function evaluationBatches(
  settings: Settings,
  source: tf.data.ImageSource,
  options: LoadingOptions,
): tf.data.ImageBatches {
  const { batchSize, model } = settings;
  return loadImages(source, {
    ...brokenPictures(options),
    batchSize: Math.min(batchSize, source.size),
    transforms: presetOf(settings).evaluate,
    channels: channelsOf(model),
  });
}
