import type { ColorStatistics } from "./augment/principal-colors.ts";
import {
  centerCrop,
  normalize,
  pcaJitter,
  randomCrop,
  randomFlip,
  randomResizedCrop,
  resize,
  type Transform,
} from "./augment/transform.ts";

/** What pictures go through on their way into a network: when it learns, and when it is measured or used. */
export interface Preset {
  readonly train: readonly Transform[];
  readonly evaluate: readonly Transform[];
}

export interface PresetOptions {
  /** Height and width that the network reads; default 224. */
  readonly size?: number;
}

/** Shorter side before the crop, as a part of the size: 256 for 224. */
const MARGIN = 256 / 224;

/** 0.485, 0.456, 0.406 and 0.229, 0.224, 0.225 of values from 0 to 1. */
const IMAGENET = normalize({ mean: [0.485, 0.456, 0.406].map(ofBytes), deviation: [0.229, 0.224, 0.225].map(ofBytes) });

function ofBytes(part: number): number {
  return part * 255;
}

/** What torchvision's weights were trained with and expect: random resized crop and flip; shorter side 256, middle 224. */
export function torchvision({ size = 224 }: PresetOptions = {}): Preset {
  return {
    train: [randomResizedCrop(size), randomFlip(), IMAGENET],
    evaluate: [resize(Math.round(size * MARGIN)), centerCrop(size), IMAGENET],
  };
}

/** What Keras' VGG weights expect ("caffe"): values from 0 to 255, blue first, less ImageNet's mean; no division. */
export function kerasCaffe({ size = 224 }: PresetOptions = {}): Preset {
  const caffe = normalize({ mean: [123.68, 116.779, 103.939], order: "bgr" });
  return {
    train: [randomResizedCrop(size), randomFlip(), caffe],
    evaluate: [resize(Math.round(size * MARGIN)), centerCrop(size), caffe],
  };
}

/**
 * The AlexNet paper's: the middle 256 x 256 of the picture at shorter side 256, a random 224 x 224 of it, mirrored or not,
 * colours moved along their principal axes; evaluated in the middle (or with `tenCrop`).
 *
 * @param colors of the data, from `colorStatistics`; default ImageNet's.
 */
export function alexnetPaper({
  size = 224,
  colors,
}: PresetOptions & { readonly colors?: ColorStatistics } = {}): Preset {
  const margin = Math.round(size * MARGIN);
  const scale = colors === undefined ? IMAGENET : normalize({ mean: colors.mean, deviation: colors.deviation });
  return {
    train: [resize(margin), centerCrop(margin), randomCrop(size), randomFlip(), pcaJitter(colors), scale],
    evaluate: [resize(margin), centerCrop(size), scale],
  };
}

/** Presets by the names that the command line takes. */
export const presets: Readonly<Record<PresetName, (options?: PresetOptions) => Preset>> = {
  torchvision,
  "keras-caffe": kerasCaffe,
  alexnet: alexnetPaper,
};

export type PresetName = "torchvision" | "keras-caffe" | "alexnet";
