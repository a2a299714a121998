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
  // The compiler renames imports, not this.
  const file = import.meta.url.endsWith(".ts") ? "./hdf5-worker.ts" : "./hdf5-worker.js";
  const options = { workerData: bytes, stdout: true, stderr: true };
  const worker = new Worker(new URL(file, import.meta.url), options);
  try {
    const answer = await answerOf(worker, BASE_MS + Math.ceil(bytes.length / BYTES_PER_MS));
    if ("problem" in answer) throw new FormatError(answer);
    return new Map(answer.arrays.map(({ path, shape, data }) => [path, new NDArray("float32", shape, data)]));
  } finally {
    await worker.terminate();
  }
}

/** Rejects when the thread ends without an answer, or does not answer in time. */
async function answerOf(worker: Worker, limitMs: number): Promise<Hdf5Answer> {
  const ended = new AbortController();
  worker.once("exit", () => ended.abort());
  // Whatever happens after the answer: without a listener it would end the process.
  worker.on("error", () => ended.abort());
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(limitMs)]);
  try {
    const [answer] = (await once(worker, "message", { signal })) as [Hdf5Answer];
    return answer;
  } catch (cause) {
    throw malformed("hdf5", "the file is damaged: reading it did not come to an end.", { cause });
  }
}
