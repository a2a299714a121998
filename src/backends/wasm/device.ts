import { CACHE_LINE, roundUp } from "../../core/alignment.ts";
import { ClosedError, InternalError } from "../../core/errors.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Buffer, CompileTarget, Plan } from "../../compiler/plan.ts";
import type { Device, LoadedPlan } from "../../runtime/backend.ts";
import type { ConvolutionAlgorithm } from "./algorithms.ts";
import type { Engine } from "./engine.ts";
import type { Machine } from "./kernel.ts";
import { compileTarget, type KernelTable } from "./launches.ts";
import { WasmPlan } from "./loaded-plan.ts";

/** Everything that the devices of one backend share. */
export interface Shared {
  readonly engine: Engine;
  readonly table: KernelTable;
  readonly machine: Machine;
  /** Plans that touch no more bytes than this run on the caller's thread. */
  readonly inlineBytes: number;
  /** What every convolution that can shall run; undefined: what the model chooses. */
  readonly convolution?: ConvolutionAlgorithm | undefined;
}

/**
 * What plans leave of the memory for the workers' scratch memory, tapes, and gaps: a part of it, and no less than so many
 * bytes. The same for any number of threads, because how a batch is split depends on it.
 */
const SPARE_PART = 1 / 32;
const LEAST_SPARE_BYTES = 2 * 2 ** 20;

/** One session's part of the backend: its variables and its plans. */
export class WasmDevice implements Device {
  readonly target: CompileTarget;
  readonly #shared: Shared;
  readonly #variables = new Map<Operation, { readonly address: number; readonly bytes: number }>();
  readonly #plans = new Set<WasmPlan>();
  #closed: ClosedError | null = null;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.target = compileTarget(shared.table, shared.machine, shared.convolution, (buffers) =>
      this.#arenaLimit(buffers),
    );
  }

  load(plan: Plan): Promise<LoadedPlan> {
    return this.#shared.engine.queue.enqueue(async () => {
      this.requireOpen();
      const loaded = await WasmPlan.load(plan, this, this.#shared);
      this.#plans.add(loaded);
      return loaded;
    });
  }

  async close(): Promise<void> {
    if (this.#closed !== null) return;
    this.#closed = new ClosedError({ problem: "the session is closed.", fix: "make a new session." });
    const { queue, heap } = this.#shared.engine;
    await queue.enqueue(() => {
      for (const plan of this.#plans) plan.release();
      this.#plans.clear();
      for (const { address } of this.#variables.values()) heap.release(address);
      this.#variables.clear();
    });
  }

  /** @throws ClosedError, or BackendError when the backend is broken. */
  requireOpen(): void {
    if (this.#closed !== null) throw this.#closed;
    this.#shared.engine.requireOpen();
  }

  forget(plan: WasmPlan): void {
    this.#plans.delete(plan);
  }

  /** Address of a variable's storage. */
  addressOf(variable: Operation): number {
    const storage = this.#variables.get(variable);
    if (storage === undefined)
      throw new InternalError({ problem: `wasm: variable "${variable.name}" has no storage.` });
    return storage.address;
  }

  /**
   * Storage, zeroed, for the variables that have none yet; all of them or none.
   * @returns whether there was room.
   */
  allocateVariables(buffers: readonly Buffer[]): boolean {
    const { heap } = this.#shared.engine;
    const added: Operation[] = [];
    for (const { variable, bytes } of buffers) {
      if (variable === undefined || this.#isAllocated(variable, bytes)) continue;
      const address = heap.allocate(bytes);
      if (address === null) {
        this.#releaseVariables(added);
        return false;
      }
      heap.bytes.fill(0, address, address + bytes);
      this.#variables.set(variable, { address, bytes });
      added.push(variable);
    }
    return true;
  }

  /** What this session's variables and the plan's constants leave. What other sessions have does not count: see the target. */
  #arenaLimit(buffers: readonly Buffer[]): number {
    const variables = new Map([...this.#variables].map(([variable, { bytes }]) => [variable, bytes]));
    let lasting = 0;
    for (const { place, variable, bytes } of buffers) {
      if (variable !== undefined) variables.set(variable, bytes);
      else if (place === "constant") lasting += roundUp(bytes, CACHE_LINE);
    }
    for (const bytes of variables.values()) lasting += roundUp(bytes, CACHE_LINE);
    const { limit } = this.#shared.engine.heap;
    return limit - Math.max(limit * SPARE_PART, LEAST_SPARE_BYTES) - lasting;
  }

  #isAllocated(variable: Operation, bytes: number): boolean {
    const known = this.#variables.get(variable);
    if (known === undefined) return false;
    if (known.bytes === bytes) return true;
    throw new InternalError({
      problem: `wasm: variable "${variable.name}" has ${known.bytes} bytes in one plan and ${bytes} in another.`,
    });
  }

  #releaseVariables(variables: readonly Operation[]): void {
    for (const variable of variables) {
      this.#shared.engine.heap.release(this.addressOf(variable));
      this.#variables.delete(variable);
    }
  }
}
