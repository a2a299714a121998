import { CACHE_LINE, roundUp } from "../../core/alignment.ts";
import { BackendError, ClosedError, InternalError, type MillraceError } from "../../core/errors.ts";
import { CONTROL_BYTES, LAST, PATIENCE, PROFILE, SCRATCH, SCRATCH_STRIDE } from "./control.ts";
import { Crew } from "./crew.ts";
import { Heap } from "./heap.ts";
import { importsFor, type Interpreter, kernelIndices, prepare } from "./instance.ts";
import { RunQueue } from "./run-queue.ts";
import { nameOf, resetCounters, type Tape } from "./tape.ts";
import { isShared, loadModule, type Variant } from "./variant.ts";

/**
 * How often a worker looks for the next launch before it sleeps: for about 45 microseconds. To be put to sleep and woken
 * costs 20 to 50, so that staying awake as long never costs more than twice the better choice.
 */
const LOOKS_BEFORE_SLEEP = 100_000;

/** What runs tapes: the memory, an instance of the kernels on the caller's thread, and the crew. */
export class Engine {
  readonly variant: Variant;
  readonly heap: Heap;
  readonly queue: RunQueue = new RunQueue();
  /** Index of each kernel in the function table. */
  readonly kernels: ReadonlyMap<string, number>;
  /** Worker threads; 0 when the memory is not shared and everything runs on the caller's thread. */
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  readonly #interpreter: Interpreter;
  readonly #control: number;
  readonly #crew: Crew | null;
  readonly #arena = { address: 0, bytes: 0 };
  readonly #scratch = { address: 0, bytes: 0 };
  /** The tape run last. */
  #tape: Tape | null = null;
  #closed: ClosedError | null = null;

  static async start(options: {
    variant: Variant;
    threads: number;
    memoryLimitBytes?: number | undefined;
  }): Promise<Engine> {
    const { variant, memoryLimitBytes } = options;
    const threads = isShared(variant) ? options.threads : 0;
    const module = await loadModule(variant);
    const heap = new Heap({ shared: isShared(variant), limitBytes: memoryLimitBytes });
    return new Engine(variant, threads, heap, module, await WebAssembly.instantiate(module, importsFor(heap.memory)));
  }

  /** Another engine with the same kernels, a memory of its own and no threads. */
  alone(memoryLimitBytes: number): Engine {
    const heap = new Heap({ shared: isShared(this.variant), limitBytes: memoryLimitBytes });
    return new Engine(
      this.variant,
      0,
      heap,
      this.#module,
      new WebAssembly.Instance(this.#module, importsFor(heap.memory)),
    );
  }

  private constructor(
    variant: Variant,
    threads: number,
    heap: Heap,
    module: WebAssembly.Module,
    instance: WebAssembly.Instance,
  ) {
    this.variant = variant;
    this.threads = threads;
    this.heap = heap;
    this.kernels = kernelIndices(module);
    this.#module = module;
    this.#interpreter = prepare(instance, module);
    heap.begin(this.#interpreter.heapBase());
    this.#control = heap.allocate(CONTROL_BYTES) ?? 0;
    heap.words.fill(0, this.#control >>> 2, (this.#control + CONTROL_BYTES) >>> 2);
    this.#setControl(PATIENCE, LOOKS_BEFORE_SLEEP);
    this.#crew =
      threads === 0
        ? null
        : new Crew({ threads, module, memory: heap.memory, control: this.#control, describe: () => this.#describe() });
  }

  /** Address of the arena that all plans share. It may change with every `reserve`. */
  get arena(): number {
    return this.#arena.address;
  }

  /** Whether a thread died. */
  get isBroken(): boolean {
    return (this.#crew?.failure ?? null) !== null;
  }

  /** @throws ClosedError, or BackendError when the backend is broken. */
  requireOpen(): void {
    const reason: MillraceError | null = this.#closed ?? this.#crew?.failure ?? null;
    if (reason !== null) throw reason;
  }

  /**
   * Makes the arena and the workers' scratch memory at least this big. Nothing may be running.
   * @returns whether there was room.
   */
  reserve(arenaBytes: number, scratchBytes: number): boolean {
    const workers = this.threads + 1;
    const wanted = roundUp(scratchBytes, CACHE_LINE) * workers;
    const fits =
      (this.#enlarge(this.#arena, arenaBytes) && this.#enlarge(this.#scratch, wanted)) ||
      this.#makeRoom(arenaBytes, wanted);
    this.#setControl(SCRATCH, this.#scratch.address);
    this.#setControl(SCRATCH_STRIDE, this.#scratch.bytes / workers);
    return fits;
  }

  /** Runs a tape on the caller's thread. @param profile address of its times, or 0. */
  runHere(tape: Tape, profile: number = 0): void {
    this.#tape = tape;
    this.#setControl(PROFILE, profile);
    try {
      // The caller's thread has the scratch memory after the last worker's.
      this.#interpreter.runAlone(this.#control, this.threads, tape.first);
    } catch (cause) {
      throw new BackendError({
        problem: "wasm: a kernel failed.",
        operands: [
          { name: "reason", value: cause instanceof Error ? cause.message : String(cause) },
          { name: "during", value: this.#describe() },
        ],
        cause,
      });
    }
  }

  /** Runs a tape on the crew, or here when there is none. Only one runs at a time: see `queue`. */
  run(tape: Tape, profile: number = 0): void | Promise<void> {
    if (this.#crew === null || tape.first === 0) return this.runHere(tape, profile);
    this.#tape = tape;
    this.#setControl(PROFILE, profile);
    this.#setControl(LAST, tape.first);
    resetCounters(this.heap, tape);
    return this.#crew.run(tape.first);
  }

  /** Ends the threads; a run that is on is rejected. */
  async close(): Promise<void> {
    this.#closed ??= new ClosedError({ problem: "the wasm backend is closed.", fix: "make a new session." });
    await this.#crew?.stop(this.#closed);
  }

  /** Both anew: one of them may lie right behind the other and be in its way. @returns whether they fit. */
  #makeRoom(arenaBytes: number, scratchBytes: number): boolean {
    const blocks = [this.#arena, this.#scratch];
    const before = blocks.map(({ bytes }) => bytes);
    if (this.#place(blocks, [Math.max(arenaBytes, this.#arena.bytes), Math.max(scratchBytes, this.#scratch.bytes)]))
      return true;
    if (!this.#place(blocks, before)) throw new InternalError({ problem: "wasm: what was in memory fits no more." });
    return false;
  }

  /** The largest first: where that one takes another's place, its own old place holds the other. */
  #place(blocks: readonly { address: number; bytes: number }[], sizes: readonly number[]): boolean {
    for (const block of blocks) {
      if (block.bytes > 0) this.heap.release(block.address);
      block.bytes = 0;
    }
    const order = [...blocks.keys()].toSorted((a, b) => sizes[b]! - sizes[a]!);
    return order.every((index) => this.#enlarge(blocks[index]!, sizes[index]!));
  }

  #enlarge(block: { address: number; bytes: number }, bytes: number): boolean {
    if (bytes <= block.bytes) return true;
    // Given back first: what it holds is not needed between runs, and its room may be part of the new one.
    if (block.bytes > 0) this.heap.release(block.address);
    const address = this.heap.allocate(bytes);
    if (address !== null) {
      block.address = address;
      block.bytes = bytes;
      return true;
    }
    block.address = block.bytes > 0 ? (this.heap.allocate(block.bytes) ?? 0) : 0;
    return false;
  }

  #setControl(offset: number, value: number): void {
    this.heap.words[(this.#control + offset) >>> 2] = value;
  }

  /** What was running when something died. */
  #describe(): string {
    const record = (this.heap.words[(this.#control + LAST) >>> 2] ?? 0) >>> 0;
    const name = this.#tape === null || record === 0 ? undefined : nameOf(this.heap, this.#tape, record);
    return name ?? "no kernel";
  }
}
