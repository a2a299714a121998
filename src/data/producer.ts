import { type Mix, mixBatch, type MixedBatch } from "./augment/mix.ts";
import type { ImageSource } from "./image.ts";
import { type BrokenRow, type Job, produce, type Recipe } from "./produce.ts";
import { RandomStream } from "./random-stream.ts";

/** Whose random numbers mix a batch. */
export interface MixSeed {
  readonly seed: number;
  readonly index: number;
  readonly epoch: number;
}

/** Who does the work on pictures: this thread, or others. All give the same results. */
export interface Producer {
  /** Threads beside this one. */
  readonly parallel: number;
  produce(recipe: Recipe, job: Job): Promise<BrokenRow[]>;
  mix(batch: MixedBatch, mix: Mix, seed: MixSeed): Promise<void>;
  close(): Promise<void>;
}

/** Works on this thread: in a browser, for small pictures, in tests. */
export function localProducer(source: ImageSource): Producer {
  return {
    parallel: 0,
    produce: (recipe, job) => produce(source, recipe, job),
    mix: async (batch, mix, seed) => mixHere(batch, mix, seed),
    close: async () => {},
  };
}

export function mixHere(batch: MixedBatch, mix: Mix, { seed, index, epoch }: MixSeed): void {
  mixBatch(batch, mix, new RandomStream(seed, "mix", { index, epoch }));
}
