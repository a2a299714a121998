import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { BackendError, ClosedError, MillraceError } from "../../core/errors.ts";
import type { Mix, MixedBatch } from "../../data/augment/mix.ts";
import type { SourceDescription } from "../../data/image.ts";
import type { BrokenRow, Job, Recipe } from "../../data/produce.ts";
import type { MixSeed, Producer } from "../../data/producer.ts";

/** What a worker is asked: arrays are in shared memory, so that nothing is copied. */
export type Request =
  | { readonly id: number; readonly type: "produce"; readonly recipe: Recipe; readonly job: Job }
  | {
      readonly id: number;
      readonly type: "mix";
      readonly batch: MixedBatch;
      readonly mix: Mix;
      readonly seed: MixSeed;
    };

export type Answer =
  | { readonly id: number; readonly broken: BrokenRow[] }
  | { readonly id: number; readonly error: unknown };

interface Waiting {
  readonly request: Request;
  readonly resolve: (broken: BrokenRow[]) => void;
  readonly reject: (error: Error) => void;
}

/** More threads than this wait for the network. */
const MOST = 16;

/** A thread less than the machine runs at once, which the network's threads share. */
export function defaultWorkers(): number {
  return Math.min(Math.max(availableParallelism() - 1, 1), MOST);
}

/** Worker threads, each with the same source, that take requests in the order they come. */
export class WorkerPool implements Producer {
  readonly parallel: number;
  readonly #description: SourceDescription;
  readonly #workers = new Map<Worker, Waiting | null>();
  readonly #queue: Waiting[] = [];
  #nextId = 0;
  #death: BackendError | null = null;
  #closed = false;

  constructor(description: SourceDescription, workers: number = defaultWorkers()) {
    this.#description = description;
    this.parallel = workers;
  }

  produce(recipe: Recipe, job: Job): Promise<BrokenRow[]> {
    return this.#ask({ id: this.#nextId++, type: "produce", recipe, job });
  }

  async mix(batch: MixedBatch, mix: Mix, seed: MixSeed): Promise<void> {
    const { images, labels, targets, size, height, width, channels, classes } = batch;
    const plain = { images, labels, targets, size, height, width, channels, classes };
    await this.#ask({ id: this.#nextId++, type: "mix", batch: plain, mix, seed });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const closed = new ClosedError({ problem: "the batches are closed.", fix: "open the data again." });
    for (const { reject } of this.#queue.splice(0)) reject(closed);
    const workers = [...this.#workers];
    this.#workers.clear();
    for (const [, waiting] of workers) waiting?.reject(closed);
    await Promise.all(workers.map(([worker]) => worker.terminate()));
  }

  #ask(request: Request): Promise<BrokenRow[]> {
    if (this.#closed) throw new ClosedError({ problem: "the batches are closed.", fix: "open the data again." });
    if (this.#death !== null) throw this.#death;
    if (this.#workers.size === 0) for (let index = 0; index < this.parallel; index++) this.#start();
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, resolve, reject });
      this.#assign();
    });
  }

  #assign(): void {
    for (const [worker, busy] of this.#workers) {
      if (busy !== null) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#workers.set(worker, next);
      // Only work that somebody waits for keeps the process alive.
      worker.ref();
      worker.postMessage(next.request);
    }
  }

  #start(): void {
    // Sources run as they are: worker.ts beside this file, worker.js in the package.
    const file = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);
    const execArgv = process.execArgv.filter((flag) => flag === "--experimental-strip-types");
    const worker = new Worker(file, { name: "millrace-data", workerData: this.#description, execArgv });
    worker.unref();
    this.#workers.set(worker, null);
    worker.on("message", (answer: Answer) => this.#finish(worker, answer));
    worker.on("error", (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => {
      if (this.#workers.has(worker)) this.#fail(`it ended with code ${code}`);
    });
  }

  #finish(worker: Worker, answer: Answer): void {
    const waiting = this.#workers.get(worker);
    if (waiting === undefined || waiting === null) return;
    this.#workers.set(worker, null);
    worker.unref();
    if ("broken" in answer) waiting.resolve(answer.broken);
    else waiting.reject(revived(answer.error));
    this.#assign();
  }

  /** A thread that died takes the pool with it: what it was doing is not known. */
  #fail(reason: string): void {
    if (this.#closed || this.#death !== null) return;
    const death = new BackendError({
      problem: `a thread that reads pictures died: ${reason}.`,
      fix: "if it ran out of memory, use fewer workers, smaller batches or decode with `shortSide`.",
    });
    this.#death = death;
    const workers = [...this.#workers];
    this.#workers.clear();
    for (const [worker, waiting] of workers) {
      waiting?.reject(death);
      void worker.terminate();
    }
    for (const { reject } of this.#queue.splice(0)) reject(death);
  }
}

/** An error comes from another thread as a plain one, without its class. */
function revived(error: unknown): Error {
  if (!(error instanceof Error))
    return new BackendError({ problem: `a thread that reads pictures failed: ${String(error)}` });
  if (error instanceof MillraceError) return error;
  return new BackendError({ problem: `a thread that reads pictures failed: ${error.message}`, cause: error });
}
