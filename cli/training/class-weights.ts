import * as tf from "millrace";
import { printable } from "../terminal/format.ts";
import type { Settings } from "./settings.ts";

/**
 * What each class weighs in the loss, in the order of labels; null for all alike.
 *
 * `balanced` is pictures / (classes * pictures of the class), as in scikit-learn: every class adds as much in an epoch.
 *
 * @throws ValueError when a class is named that the data have not.
 */
export function classWeightsFor(
  chosen: Settings["classWeights"],
  classes: readonly string[],
  source: tf.data.ImageSource,
): readonly number[] | null {
  if (chosen === undefined || chosen === null) return null;
  if (chosen === "balanced") return balancedWeights(labelsOf(source), classes);
  const unknown = Object.keys(chosen).find((name) => !classes.includes(name));
  if (unknown === undefined) return classes.map((name) => (Object.hasOwn(chosen, name) ? chosen[name]! : 1));
  throw new tf.ValueError({
    problem: `--class-weights: there is no class "${printable(unknown)}".`,
    fix: `the classes are ${classes.map(printable).join(", ")}.`,
  });
}

function balancedWeights(labels: ArrayLike<number>, classes: readonly string[]): number[] {
  const counts = new Array<number>(classes.length).fill(0);
  for (const label of Array.from(labels)) counts[label] = (counts[label] ?? 0) + 1;
  const empty = counts.indexOf(0);
  if (empty === -1) return counts.map((count) => labels.length / (classes.length * count));
  throw new tf.ValueError({
    problem: `--class-weights balanced: class "${printable(classes[empty] ?? "")}" has no picture to train on.`,
    fix: "add some, or weigh classes by NAME=WEIGHT.",
  });
}

/** Without decoding a picture. */
function labelsOf(source: tf.data.ImageSource): ArrayLike<number> {
  const description = source.describe?.();
  if (description !== undefined) return labelsIn(description);
  throw new tf.ValueError({
    problem: "--class-weights balanced: the data do not say how many pictures each class has.",
    fix: "weigh classes by NAME=WEIGHT.",
  });
}

function labelsIn(description: tf.data.SourceDescription): ArrayLike<number> {
  if ("labels" in description) return description.labels;
  if (description.type === "memory") return description.images.labels;
  if (description.type === "shapes") {
    const { count } = description.options;
    return Int32Array.from({ length: count }, (_, index) => index % tf.data.shapeClasses.length);
  }
  const all = labelsIn(description.of);
  return description.indices.map((index) => all[index]!);
}
