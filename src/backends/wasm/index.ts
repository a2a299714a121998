import { ValueError } from "../../core/errors.ts";
import type { Backend } from "../../runtime/backend.ts";
import type { ConvolutionAlgorithm } from "./algorithms.ts";
import { pagesWithin } from "./heap.ts";
import { kernels } from "./kernels/index.ts";
import { type MachineSpeed, measureSpeed } from "./measure.ts";
import { availableThreads } from "./platform.ts";
import { chooseVariant, type Variant } from "./variant.ts";
import { WasmBackend } from "./wasm-backend.ts";

export type { ConvolutionAlgorithm } from "./algorithms.ts";
export type { MachineSpeed } from "./measure.ts";
export type { Variant } from "./variant.ts";

export interface WasmOptions {
  /** Worker threads; default: as many as the machine runs at once. */
  readonly threads?: number | undefined;
  /** Which build of the kernels; default: the fastest that the platform can run. */
  readonly variant?: Variant | undefined;
  /** Largest size of the memory, in bytes; default and maximum: 4 GiB. */
  readonly memoryLimitBytes?: number | undefined;
  /**
   * Plans that touch at most this many bytes run at once on the caller's thread, without the crew; default: 256 KiB. 0
   * wakes the crew for everything, as tests of threads want it.
   */
  readonly inlineBytes?: number | undefined;
  /**
   * The algorithm of every convolution, forward and gradients, that it can compute; default: the fastest for each, as a model
   * says. For tests and measurements. See also `precision` of a session.
   */
  readonly convolution?: ConvolutionAlgorithm | undefined;
}

/**
 * The wasm backend: WebAssembly kernels on all cores. Made once for the same options, so that sessions share the threads
 * and the memory; made again when it was closed or is broken.
 *
 * @throws ValueError for options out of range. @throws BackendError when the platform cannot run the variant.
 */
export function wasm(options: WasmOptions = {}): Backend {
  const { threads = availableThreads(), inlineBytes = 256 * 1024, memoryLimitBytes, convolution } = options;
  requireThreads(threads);
  if (!(inlineBytes >= 0)) {
    throw new ValueError({ problem: `wasm: inlineBytes is ${inlineBytes}.`, fix: "pass 0 or more bytes." });
  }
  // NaN would pass for no limit in the key below.
  if (memoryLimitBytes !== undefined) pagesWithin(memoryLimitBytes);
  const variant = chooseVariant(options.variant);
  const key = JSON.stringify([threads, variant, memoryLimitBytes, inlineBytes, convolution]);
  let backend = backends.get(key);
  if (backend === undefined || backend.isBroken) {
    const made = new WasmBackend({ threads, variant, memoryLimitBytes, inlineBytes, convolution }, kernels, () => {
      if (backends.get(key) === made) backends.delete(key);
    });
    backend = made;
    backends.set(key, made);
  }
  return backend;
}

/**
 * Measures what this machine can do with the kernels' instructions; takes about a second.
 * @throws ValueError for threads out of range. @throws BackendError when the platform cannot run the variant.
 */
export async function measureMachine(options: Pick<WasmOptions, "threads" | "variant"> = {}): Promise<MachineSpeed> {
  const { threads = availableThreads() } = options;
  requireThreads(threads);
  return measureSpeed({ threads, variant: chooseVariant(options.variant) });
}

/** A crew of another size would never come together. */
function requireThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= 1024) return;
  throw new ValueError({ problem: `wasm: ${threads} threads.`, fix: "threads is an integer from 1 to 1024." });
}

const backends = new Map<string, WasmBackend>();
