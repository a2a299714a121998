import type { HostData } from "../../core/dtype.ts";
import { ClosedError, InternalError } from "../../core/errors.ts";
import { sizeOf } from "../../core/shape.ts";
import type { Buffer, Operand, Plan, Step, StepDescription, StepTimes } from "../../compiler/plan.ts";
import type { LoadedPlan, RunRequest } from "../../runtime/backend.ts";
import type { Shared, WasmDevice } from "./device.ts";
import type { Heap } from "./heap.ts";
import type { Launch } from "./kernel.ts";
import { launchesOf } from "./launches.ts";
import { isSmall } from "./is-small.ts";
import { memoryError } from "./memory-error.ts";
import { readProfile } from "./profile.ts";
import { type NamedLaunch, TIMES_BYTES, type Tape, tapeBytes, writeTape } from "./tape.ts";

/** A typed window on the memory where a tensor lies. */
type View = Float32Array | Int32Array | Uint8Array;

type Fetched = readonly (HostData | null)[];

/**
 * A plan in memory. Addresses in its tape and views hold while the memory does not grow and the arena stays where it is;
 * when either has changed, the next run makes them anew.
 */
export class WasmPlan implements LoadedPlan {
  readonly #plan: Plan;
  readonly #device: WasmDevice;
  readonly #shared: Shared;
  readonly #constants = new Map<Buffer, number>();
  /** u32[randomOps], how often each random op has run. */
  #counters = 0;
  #tapeMemory = 0;
  #profileMemory = 0;
  #released = false;

  // Made by #bind, for this arena and these views.
  #boundArena = -1;
  #boundMemory: Uint8Array | null = null;
  #tape: Tape = { address: 0, first: 0, launches: 0, names: [] };
  #feeds: readonly View[] = [];
  #fetches: readonly (View | null)[] = [];
  #runsInline = false;

  /**
   * Loads a plan while nothing is running.
   * @throws MemoryError when it does not fit; nothing of it stays allocated then but variables.
   */
  static async load(plan: Plan, device: WasmDevice, shared: Shared): Promise<WasmPlan> {
    const loaded = new WasmPlan(plan, device, shared);
    try {
      loaded.#allocate();
      await loaded.#runPrologue();
      loaded.#bind();
      return loaded;
    } catch (error) {
      loaded.release();
      throw error;
    }
  }

  private constructor(plan: Plan, device: WasmDevice, shared: Shared) {
    this.#plan = plan;
    this.#device = device;
    this.#shared = shared;
  }

  run(request: RunRequest): Fetched | Promise<Fetched> {
    const { queue } = this.#shared.engine;
    if (this.#runsInline && queue.isIdle) return this.#runHere(request);
    // Work that waits reads its feeds when the caller may have changed them.
    const kept = queue.isIdle ? request : { ...request, feeds: request.feeds.map((feed) => feed.slice()) };
    return queue.enqueue(() => (this.#runsInline ? this.#runHere(kept) : this.#runOnCrew(kept)));
  }

  describe(): readonly StepDescription[] {
    return this.#plan.steps.map((step) => {
      const launches = this.#launchesOf(step);
      return {
        kernel: launches.length === 0 ? "none" : [...new Set(launches.map(({ kernel }) => kernel))].join(" + "),
        algorithm: step.algorithm,
        tasks: launches.reduce((sum, { tasks }) => sum + tasks, 0),
      };
    });
  }

  unload(): void {
    void this.#shared.engine.queue.enqueue(() => {
      this.#device.forget(this);
      this.release();
    });
  }

  /** Gives the memory back while nothing is running. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    const { heap } = this.#shared.engine;
    const blocks = [...this.#constants.values(), this.#counters, this.#tapeMemory, this.#profileMemory];
    for (const address of blocks) if (address !== 0) heap.release(address);
  }

  #runHere(request: RunRequest): Fetched {
    this.#begin(request);
    const profile = this.#profileAddress(request);
    this.#shared.engine.runHere(this.#tape, profile);
    return this.#end(request, profile);
  }

  async #runOnCrew(request: RunRequest): Promise<Fetched> {
    this.#begin(request);
    const profile = this.#profileAddress(request);
    await this.#shared.engine.run(this.#tape, profile);
    return this.#end(request, profile);
  }

  /** Writes what the run reads from the host. */
  #begin({ feeds, counters }: RunRequest): void {
    this.#device.requireOpen();
    if (this.#released) throw new ClosedError({ problem: "the plan was unloaded.", fix: "run the session again." });
    const { engine } = this.#shared;
    if (this.#boundArena !== engine.arena || this.#boundMemory !== engine.heap.bytes) this.#bind();
    for (let index = 0; index < this.#feeds.length; index++) {
      const value = feeds[index];
      if (value === undefined) throw new InternalError({ problem: `wasm: feed ${index} is missing.` });
      this.#feeds[index]?.set(value);
    }
    const words = engine.heap.words;
    for (let index = 0; index < counters.length; index++) words[(this.#counters >>> 2) + index] = counters[index] ?? 0;
  }

  #end({ profile }: RunRequest, times: number): Fetched {
    if (profile !== undefined) this.#fillProfile(profile, times);
    const results: (HostData | null)[] = [];
    for (const view of this.#fetches) results.push(view === null ? null : copyOf(view));
    return results;
  }

  /** Everything the plan needs in memory. */
  #allocate(): void {
    const { engine } = this.#shared;
    const { heap } = engine;
    const plan = this.#plan;
    const fits = (worked: boolean): void => {
      if (!worked) throw memoryError(plan, heap);
    };
    const allocate = (bytes: number): number => {
      const address = heap.allocate(bytes);
      fits(address !== null);
      return address ?? 0;
    };
    fits(engine.reserve(plan.arenaBytes, 0));
    for (const buffer of plan.buffers) {
      if (buffer.place !== "constant") continue;
      const address = allocate(buffer.bytes);
      this.#constants.set(buffer, address);
      if (buffer.data !== undefined) writeConstant(heap, address, buffer.data);
    }
    if (plan.randomOps.length > 0) this.#counters = allocate(plan.randomOps.length * 4);
    fits(this.#device.allocateVariables(plan.buffers));
    const steps = this.#named(plan.steps);
    const prologue = this.#named(plan.prologue);
    const scratchBytes = [...steps, ...prologue].reduce((most, { launch }) => Math.max(most, launch.scratchBytes), 0);
    fits(engine.reserve(0, scratchBytes));
    this.#tapeMemory = allocate(Math.max(tapeBytes(steps), tapeBytes(prologue)));
  }

  /** Computes what follows from constants alone, in the tape's memory before the tape of every run takes its place. */
  async #runPrologue(): Promise<void> {
    if (this.#plan.prologue.length === 0) return;
    const { engine } = this.#shared;
    const launches = this.#named(this.#plan.prologue);
    const tape = writeTape(engine.heap, this.#tapeMemory, launches, engine.kernels);
    if (isSmall(this.#plan.prologue, launches, this.#shared.inlineBytes)) engine.runHere(tape);
    else await engine.run(tape);
  }

  /** Writes the tape and makes the views for where memory and arena are now. */
  #bind(): void {
    const { engine } = this.#shared;
    const { heap } = engine;
    const launches = this.#named(this.#plan.steps);
    this.#tape = writeTape(heap, this.#tapeMemory, launches, engine.kernels);
    this.#feeds = this.#plan.feeds.map((operand) => this.#view(operand));
    this.#fetches = this.#plan.fetches.map((operand) => (operand === null ? null : this.#view(operand)));
    this.#runsInline = engine.threads === 0 || isSmall(this.#plan.steps, launches, this.#shared.inlineBytes);
    this.#boundArena = engine.arena;
    this.#boundMemory = heap.bytes;
  }

  #named(steps: readonly Step[]): NamedLaunch[] {
    return steps.flatMap((step) => this.#launchesOf(step).map((launch) => ({ launch, step: step.name })));
  }

  #launchesOf(step: Step): readonly Launch[] {
    const counter = step.counter === null ? 0 : this.#counters + 4 * step.counter;
    const { table, machine } = this.#shared;
    return launchesOf(table, step, (buffer) => this.#addressOf(buffer), counter, machine);
  }

  #addressOf(buffer: Buffer): number {
    if (buffer.place === "arena") return this.#shared.engine.arena + buffer.offset;
    if (buffer.variable !== undefined) return this.#device.addressOf(buffer.variable);
    return this.#constants.get(buffer) ?? 0;
  }

  #view({ shape, dtype, buffer }: Operand): View {
    const { words, floats, bytes } = this.#shared.engine.heap;
    const address = this.#addressOf(buffer);
    const size = sizeOf(shape);
    if (dtype === "float32") return floats.subarray(address >>> 2, (address >>> 2) + size);
    if (dtype === "int32") return words.subarray(address >>> 2, (address >>> 2) + size);
    return bytes.subarray(address, address + size);
  }

  /** Address of the times of this run; 0 when nobody asked for them. */
  #profileAddress({ profile }: RunRequest): number {
    if (profile === undefined || this.#tape.launches === 0) return 0;
    const { heap } = this.#shared.engine;
    if (this.#profileMemory === 0) {
      const address = heap.allocate(this.#tape.launches * TIMES_BYTES);
      if (address === null) throw memoryError(this.#plan, heap);
      this.#profileMemory = address;
      // The allocation may have grown the memory.
      this.#bind();
    }
    return this.#profileMemory;
  }

  #fillProfile(profile: StepTimes, times: number): void {
    const values = new Float64Array(this.#shared.engine.heap.memory.buffer, times, this.#tape.launches * 2);
    readProfile(
      profile,
      values,
      this.#plan.steps.map((step) => this.#launchesOf(step).length),
    );
  }
}

/** A copy in memory that is not shared. */
function copyOf(view: View): HostData {
  return view.slice();
}

function writeConstant(heap: Heap, address: number, data: HostData): void {
  if (data instanceof Uint8Array) heap.bytes.set(data, address);
  else if (data instanceof Int32Array) heap.words.set(data, address >>> 2);
  else heap.floats.set(data, address >>> 2);
}
