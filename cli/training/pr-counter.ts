import type { PrCounts } from "millrace/node";

const THRESHOLDS = 101;

/** Counts, class by class, what would be called that class at each threshold of its probability. */
export class PrCounter {
  /** Images of the class and others, by class and by the highest threshold that their probability reaches. */
  readonly #own: Float64Array[];
  readonly #others: Float64Array[];

  constructor(classes: number) {
    const bins = (): Float64Array[] => Array.from({ length: classes }, () => new Float64Array(THRESHOLDS));
    this.#own = bins();
    this.#others = bins();
  }

  /** @param probabilities of one image, `[classes]`. */
  add(probabilities: ArrayLike<number>, label: number): void {
    for (let index = 0; index < this.#own.length; index++) {
      const bin = Math.min(Math.floor((probabilities[index] ?? 0) * (THRESHOLDS - 1)), THRESHOLDS - 1);
      const bins = (index === label ? this.#own : this.#others)[index]!;
      bins[bin] = bins[bin]! + 1;
    }
  }

  /** Thresholds rise from 0 to 1. */
  countsOf(index: number): PrCounts {
    const truePositives = fromTheEnd(this.#own[index]!);
    const falsePositives = fromTheEnd(this.#others[index]!);
    const rest = (counts: readonly number[]): number[] => counts.map((count) => (counts[0] ?? 0) - count);
    return { truePositives, falsePositives, trueNegatives: rest(falsePositives), falseNegatives: rest(truePositives) };
  }
}

function fromTheEnd(bins: Float64Array): number[] {
  let sum = 0;
  return Array.from(bins.toReversed(), (count) => (sum += count)).reverse();
}
