import { reference } from "../../src/backends/reference/index.ts";
import type { WasmOptions } from "../../src/backends/wasm/index.ts";
import { kernels } from "../../src/backends/wasm/kernels/index.ts";
import { chooseVariant } from "../../src/backends/wasm/variant.ts";
import { WasmBackend } from "../../src/backends/wasm/wasm-backend.ts";
import type { Backend } from "../../src/runtime/backend.ts";
import { checkRecords, readSources, recordsOf } from "./launch-records.ts";

/** The float64 backend that says what is right. */
export const referenceBackend: Backend = reference();

/** A backend under test, with the name that failures show. */
export interface TestedBackend {
  readonly name: string;
  readonly backend: Backend;
}

const sources = readSources();
/** Every launch of every test is compared with what its kernel reads; on a page it goes unchecked. */
const table = sources === undefined ? kernels : checkRecords(kernels, recordsOf(sources));
const made = new Map<string, Backend>();

/** As `wasm()`: made once for the same options. */
export function testedWasm(options: Omit<WasmOptions, "memoryLimitBytes"> & { readonly threads: number }): Backend {
  const { threads, variant, inlineBytes = 256 * 1024, convolution } = options;
  const settings = { threads, variant: chooseVariant(variant), inlineBytes, convolution, memoryLimitBytes: undefined };
  const key = JSON.stringify(settings);
  const backend = made.get(key) ?? new WasmBackend(settings, table);
  made.set(key, backend);
  return backend;
}

/**
 * What every op is tested on: the wasm backend with one, two and three threads. Made once, shared by all tests. One
 * thread runs small plans on the caller's thread, as users have it; the crews of two and three run everything.
 */
export const testedBackends: readonly TestedBackend[] = [
  { name: "wasm, 1 thread", backend: testedWasm({ threads: 1 }) },
  { name: "wasm, 2 threads", backend: testedWasm({ threads: 2, inlineBytes: 0 }) },
  { name: "wasm, 3 threads", backend: testedWasm({ threads: 3, inlineBytes: 0 }) },
];
