import { availableParallelism } from "node:os";
import type { Option } from "commander";
import * as tf from "millrace";
import { letSignalsEnd } from "./interrupt.ts";
import { oneOf, UsageError, wholeNumber } from "./options.ts";

export interface BackendOptions {
  readonly backend: "wasm" | "reference";
  readonly threads?: number;
}

export function backendOption(): Option {
  return oneOf("--backend <name>", "what computes", ["wasm", "reference"], "wasm");
}

export function threadsOption(): Option {
  return wholeNumber("-t, --threads <n>", "worker threads (default: all cores)", { from: 1, to: 1024 });
}

/** @throws UsageError for threads of a backend that has none. */
export function openBackend({ backend, threads }: BackendOptions): tf.Backend {
  if (backend === "wasm") return tf.wasm({ threads: threads ?? availableParallelism() });
  if (threads !== undefined) throw new UsageError("--threads: the reference backend computes on one thread.");
  // It computes on this thread without a pause, in which nobody would hear a Ctrl-C.
  letSignalsEnd();
  return tf.reference();
}
