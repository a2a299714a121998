import { reference } from "../../src/backends/reference/index.ts";
import { wasm } from "../../src/backends/wasm/index.ts";
import type { Backend } from "../../src/runtime/backend.ts";

/** The float64 backend that says what is right. */
export const referenceBackend: Backend = reference();

/** A backend under test, with the name that failures show. */
export interface TestedBackend {
  readonly name: string;
  readonly backend: Backend;
}

/**
 * What every op is tested on: the wasm backend with one, two and three threads. Made once, shared by all tests. One
 * thread runs small plans on the caller's thread, as users have it; the crews of two and three run everything.
 */
export const testedBackends: readonly TestedBackend[] = [
  { name: "wasm, 1 thread", backend: wasm({ threads: 1 }) },
  { name: "wasm, 2 threads", backend: wasm({ threads: 2, inlineBytes: 0 }) },
  { name: "wasm, 3 threads", backend: wasm({ threads: 3, inlineBytes: 0 }) },
];
