import type * as tf from "millrace";
import { percent, printable } from "../terminal/format.ts";

/** Of what there is to gain over guessing, the part below which nothing seems learned. */
const LEAST_GAIN = 0.05;

/** What to try when a network does hardly better than naming the most frequent class each time; no line when it does. */
export function guessingAdvice(
  { accuracy, count, classes }: Pick<tf.train.ClassificationMetrics, "accuracy" | "count" | "classes">,
  names: readonly string[],
): string[] {
  const frequent = classes.reduce((most, { support }, index) => (support > classes[most]!.support ? index : most), 0);
  const guessed = classes[frequent]!.support / count;
  if (guessed === 1 || accuracy - guessed > LEAST_GAIN * (1 - guessed)) return [];
  const name = printable(names[frequent] ?? String(frequent));
  return [
    `that is hardly better than always saying "${name}" (${percent(guessed)}): try more --epochs, another`,
    "--learning-rate or --optimizer, a larger --image-size or --model; `millrace inspect` shows the data",
  ];
}
