import { ValueError } from "../../core/errors.ts";
import type { ImageSource } from "../../data/image.ts";
import { ImageBatches, type ImageBatchOptions } from "../../data/image-batches.ts";
import { defaultWorkers, WorkerPool } from "./worker-pool.ts";

export interface LoadImagesOptions extends ImageBatchOptions {
  /** Threads that decode and augment; 0 does it on the calling thread. Default: one less than the machine's. */
  readonly workers?: number;
  /** A broken picture ends the iteration instead of being reported as a warning of the process; default false. */
  readonly strict?: boolean;
}

/**
 * Batches of a source's pictures, decoded and augmented in worker threads, into memory that they share with this one.
 * Whatever the number of threads, the batches are the same to the last bit.
 *
 * The threads end with `close()`, or with the process, which they do not keep alive.
 */
export function loadImages(source: ImageSource, options: LoadImagesOptions): ImageBatches {
  const { workers = defaultWorkers(), strict = false, ...rest } = options;
  if (!Number.isSafeInteger(workers) || workers < 0 || workers > 1024) {
    throw new ValueError({
      problem: `loadImages: workers is ${workers}.`,
      fix: "pass a whole number from 0 to 1,024.",
    });
  }
  const onBroken = options.onBroken ?? (({ name, reason }) => process.emitWarning(`left out ${name}: ${reason}`));
  const complete: ImageBatchOptions = strict ? without(rest) : { ...rest, onBroken };
  const description = source.describe?.();
  if (workers === 0 || description === undefined) return new ImageBatches(source, complete);
  return new ImageBatches(source, complete, new WorkerPool(description, workers));
}

function without({ onBroken: _onBroken, ...rest }: ImageBatchOptions): ImageBatchOptions {
  return rest;
}
