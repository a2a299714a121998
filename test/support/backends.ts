import { reference } from "../../src/backends/reference/index.ts";
import { wasm } from "../../src/backends/wasm/index.ts";
import type { Backend } from "../../src/runtime/backend.ts";

/** The float64 backend that says what is right. */
export const referenceBackend: Backend = reference();

/** What every op is tested on: the wasm backend with one, two and three threads. Made once, shared by all tests. */
export const testedBackends: readonly { readonly name: string; readonly backend: Backend }[] = [1, 2, 3].map((threads) => ({
  name: `wasm, ${threads} thread${threads === 1 ? "" : "s"}`,
  backend: wasm({ threads }),
}));
