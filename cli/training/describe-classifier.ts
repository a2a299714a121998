/** What a program must know to use a trained network: elsewhere nothing else says so. */
import type * as tf from "millrace";
import { channelsOf, presetOf } from "./network.ts";
import type { Settings } from "./settings.ts";

export interface DescribedRun {
  readonly settings: Settings;
  readonly classes: readonly string[];
  /** Of the weights. */
  readonly step: number;
}

/** Strings for a file's metadata; lists are JSON. */
export function describeClassifier({ settings, classes, step }: DescribedRun): ReadonlyMap<string, string> {
  return new Map([
    ["model", settings.model],
    ["step", String(step)],
    ["classes", JSON.stringify(classes)],
    // Transforms are plain data: `tf.data.ImageBatches` takes them as they are here.
    ["preprocessing", JSON.stringify(presetOf(settings).evaluate)],
  ]);
}

/** A picture's way to the network, in a line: `shorter side 32, its middle 28 x 28, rgb: (0..255 - 127.5) / 127.5`. */
export function describeInput(settings: Settings): string {
  const isGray = channelsOf(settings.model) === 1;
  return presetOf(settings)
    .evaluate.map((transform) => inWords(transform, isGray))
    .join(", ");
}

function inWords(transform: tf.data.augment.Transform, isGray: boolean): string {
  if (transform.type === "normalize") {
    const { order } = transform;
    // They are kept by red, green and blue; shown in the order in which the network reads.
    const [mean, deviation] = [transform.mean, transform.deviation].map((values) =>
      amounts(order === "bgr" ? values.toReversed() : values),
    );
    return `${isGray ? "gray" : order}: (0..255 - ${mean}) / ${deviation}`;
  }
  if (!("size" in transform)) return transform.type;
  const { size, type } = transform;
  if (type === "resize" && typeof size === "number") return `shorter side ${size}`;
  const { height, width } = typeof size === "number" ? { height: size, width: size } : size;
  return `${type === "centerCrop" ? "its middle" : type} ${height} x ${width}`;
}

/** One number where all channels have the same. */
function amounts(values: readonly number[]): string {
  const texts = values.map((value) => String(Number(value.toPrecision(6))));
  return new Set(texts).size === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}
