import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { FormatError } from "../../core/errors.ts";
import { NDArray } from "../../core/ndarray.ts";
import { malformed } from "../../data/formats/malformed.ts";
import type { Hdf5Answer } from "./hdf5-worker.ts";

/** How long a file may take: far more than any honest one does, at a tenth of a disk's speed. */
const BASE_MS = 30_000;
const BYTES_PER_MS = 10_000;

/**
 * The float datasets of an HDF5 file by path, `block1_conv1/block1_conv1/kernel:0`. float16 and float64 become float32.
 *
 * The HDF5 library itself reads the file, compiled to WebAssembly. Damaged files make it overwrite its own memory, or
 * run for ever, and it does not recover: so every file gets a thread with a library of its own, which ends with it.
 *
 * @throws FormatError when the file is damaged, or a dataset is larger than the file can hold.
 */
export async function readHdf5(bytes: Uint8Array): Promise<Map<string, NDArray>> {
  const thread = new Hdf5Thread();
  try {
    return await thread.read(bytes);
  } finally {
    await thread.close();
  }
}

/**
 * A thread with an HDF5 library, which takes 0.2 s to begin and a millisecond a small file. After a damaged file what it
 * reads is not to be trusted: reading many with one is for those who expect that.
 */
export class Hdf5Thread {
  readonly #worker: Worker;
  readonly #baseMs: number;
  readonly #ended = new AbortController();

  /** @param baseMs how long the smallest file may take. */
  constructor(baseMs: number = BASE_MS) {
    // The compiler renames imports, not this.
    const file = import.meta.url.endsWith(".ts") ? "./hdf5-worker.ts" : "./hdf5-worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { stdout: true, stderr: true });
    this.#worker.once("exit", () => this.#ended.abort());
    // Whatever happens between answers: without a listener it would end the process.
    this.#worker.on("error", () => this.#ended.abort());
    this.#baseMs = baseMs;
  }

  /** It hung or died, and reads no more. */
  get isDead(): boolean {
    return this.#ended.signal.aborted;
  }

  /** One file at a time. @throws FormatError as `readHdf5`. */
  async read(bytes: Uint8Array): Promise<Map<string, NDArray>> {
    this.#worker.postMessage(bytes);
    const answer = await this.#answer(this.#baseMs + Math.ceil(bytes.length / BYTES_PER_MS));
    if ("problem" in answer) throw new FormatError(answer);
    return new Map(answer.arrays.map(({ path, shape, data }) => [path, new NDArray("float32", shape, data)]));
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #answer(limitMs: number): Promise<Hdf5Answer> {
    const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(limitMs)]);
    try {
      const [answer] = (await once(this.#worker, "message", { signal })) as [Hdf5Answer];
      return answer;
    } catch (cause) {
      this.#ended.abort();
      throw malformed("hdf5", "the file is damaged: reading it did not come to an end.", { cause });
    }
  }
}
