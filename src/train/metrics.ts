/** What is known of a class after an evaluation. */
export interface ClassMetrics {
  /** Images of the class. */
  readonly support: number;
  /** Part of the images called this class that are of it; NaN when none was. */
  readonly precision: number;
  /** Part of the class's images that were called it; NaN when there are none. */
  readonly recall: number;
  readonly f1: number;
}

/** The result of an evaluation. */
export interface ClassificationMetrics {
  /** Images. */
  readonly count: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Part whose most probable class is right. */
  readonly accuracy: number;
  /** Part whose class is among the five most probable. */
  readonly top5: number;
  readonly classes: readonly ClassMetrics[];
  /** `confusion[truth][called]`: numbers of images, without those that were called nothing. */
  readonly confusion: readonly (readonly number[])[];
}

/** Counts predictions. */
export class MetricsCounter {
  readonly #classes: number;
  readonly #confusion: number[][];
  /** Images of each class. */
  readonly #support: number[];
  #count = 0;
  #loss = 0;
  #top5 = 0;

  constructor(classes: number) {
    this.#classes = classes;
    this.#confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    this.#support = new Array<number>(classes).fill(0);
  }

  /** @param probabilities of one image, `[classes]`; with a NaN among them it was called nothing, which is wrong. */
  add(probabilities: ArrayLike<number>, label: number): void {
    const own = probabilities[label] ?? 0;
    let called = 0;
    let above = 0;
    let isNumber = true;
    for (let index = 0; index < this.#classes; index++) {
      const probability = probabilities[index] ?? 0;
      isNumber &&= !Number.isNaN(probability);
      if (probability > (probabilities[called] ?? 0)) called = index;
      // Of equal ones the first counts as more probable, as in `topK`.
      if (probability > own || (probability === own && index < label)) above++;
    }
    this.#count++;
    // The smallest number above 0 keeps the loss finite where the probability was rounded to 0.
    this.#loss -= Math.log(Math.max(own, Number.MIN_VALUE));
    this.#support[label]! += 1;
    if (!isNumber) return;
    if (above < 5) this.#top5++;
    const row = this.#confusion[label];
    if (row !== undefined) row[called] = (row[called] ?? 0) + 1;
  }

  result(): ClassificationMetrics {
    const confusion = this.#confusion.map((row) => [...row]);
    const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
    return {
      count: this.#count,
      loss: this.#loss / this.#count,
      accuracy: correct / this.#count,
      top5: this.#top5 / this.#count,
      classes: this.#support.map((support, index) => classMetrics(confusion, support, index)),
      confusion,
    };
  }
}

/**
 * Softmax of one image's logits in float64; of several views of it, the mean of theirs.
 * @param logits `[views, classes]`.
 */
export function probabilitiesOf(logits: ArrayLike<number>, views: number, classes: number): Float64Array {
  const mean = new Float64Array(classes);
  for (let view = 0; view < views; view++) {
    const row = Float64Array.from({ length: classes }, (_, index) => logits[view * classes + index] ?? 0);
    const highest = row.reduce((high, logit) => Math.max(high, logit), Number.NEGATIVE_INFINITY);
    const powers = row.map((logit) => Math.exp(logit - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (const [index, power] of powers.entries()) mean[index] = mean[index]! + power / sum / views;
  }
  return mean;
}

function classMetrics(confusion: readonly (readonly number[])[], support: number, index: number): ClassMetrics {
  const hits = confusion[index]?.[index] ?? 0;
  const called = confusion.reduce((sum, other) => sum + (other[index] ?? 0), 0);
  const f1 = support + called === 0 ? Number.NaN : (2 * hits) / (support + called);
  return { support, precision: hits / called, recall: hits / support, f1 };
}
