import { philox, uniformOf } from "../core/philox.ts";

/** What a stream is for: two streams of one seed, sample and epoch must not draw the same numbers. */
export const purposes = { shuffle: 0, transform: 1, mix: 2, split: 3, shapes: 4, user: 5 } as const;

const WORDS = 4;

/**
 * Random numbers that depend only on (seed, purpose, epoch, index): whoever draws them, in whatever order samples are
 * made, gets the same. Philox 4x32-10 with the counter `[block, index, epoch, purpose]`.
 */
export class RandomStream {
  readonly #key: readonly [number, number];
  readonly #index: number;
  readonly #epoch: number;
  readonly #purpose: number;
  readonly #words = new Uint32Array(WORDS);
  #block = 0;
  #used = WORDS;

  /** @param seed a whole number from 0 to 2^53 - 1. */
  constructor(
    seed: number,
    purpose: keyof typeof purposes,
    { index = 0, epoch = 0 }: { readonly index?: number; readonly epoch?: number } = {},
  ) {
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
    this.#purpose = purposes[purpose];
    this.#index = index;
    this.#epoch = epoch;
  }

  /** 32 random bits. */
  word(): number {
    if (this.#used === WORDS) {
      philox([this.#block++, this.#index, this.#epoch, this.#purpose], this.#key, this.#words, 0);
      this.#used = 0;
    }
    return this.#words[this.#used++]!;
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformOf(this.word());
  }

  /** A whole number from 0 to `count` - 1; count is at most 2^32. */
  integer(count: number): number {
    return Math.floor((this.word() / 2 ** 32) * count);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Normal with mean 0 and deviation 1. @see Box and Muller, "A note on the generation of random normal deviates", 1958. */
  normal(): number {
    // 1 - u is in (0, 1]: its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Gamma(shape, 1). @see Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
  gamma(shape: number): number {
    // Their section 6 for shape below 1: Gamma(shape + 1) times a power of a uniform number.
    if (shape < 1) return this.gamma(shape + 1) * (1 - this.uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Beta(a, b), in [0, 1]. */
  beta(a: number, b: number): number {
    const x = this.gamma(a);
    const y = this.gamma(b);
    return x + y === 0 ? 0.5 : x / (x + y);
  }

  /** The numbers 0 .. count - 1 in random order. @see Fisher and Yates; Knuth, TAOCP 2, algorithm 3.4.2P. */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const value = order[last]!;
      order[last] = order[other]!;
      order[other] = value;
    }
    return order;
  }
}
