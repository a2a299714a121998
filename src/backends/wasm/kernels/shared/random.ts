import type { SeedPair } from "../../../../ops/random-seed.ts";

/** The words that every random kernel takes: where the run's number is, and the key of the stream. */
export function streamWords(counter: number, [key0, key1]: SeedPair): { counter: number; key0: number; key1: number } {
  return { counter, key0, key1 };
}
