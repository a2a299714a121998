import { philox, uniformOf } from "../../core/philox.ts";
import type { SeedPair } from "../../ops/random-seed.ts";

/** The four words of one block of a random op's stream. */
export function randomBlock(seed: SeedPair, block: number, run: number, attempt = 0): Uint32Array {
  const words = new Uint32Array(4);
  philox([block >>> 0, Math.floor(block / 2 ** 32), run, attempt], seed, words, 0);
  return words;
}

/** The word of element `index` in run `run`. */
export function randomWord(seed: SeedPair, index: number, run: number): number {
  return randomBlock(seed, Math.floor(index / 4), run)[index % 4]!;
}

/** The standard normal number of element `index` in run `run`, Box and Muller's of its half of the block. */
export function randomNormalAt(seed: SeedPair, index: number, run: number, attempt = 0): number {
  const words = randomBlock(seed, Math.floor(index / 4), run, attempt);
  const first = index % 4 < 2 ? 0 : 2;
  // 1 - u lies above 0, so its logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log(1 - uniformOf(words[first]!)));
  const angle = 2 * Math.PI * uniformOf(words[first + 1]!);
  return radius * (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
}
