import type { HostData } from "../core/dtype.ts";
import type { CompileTarget, Plan, StepDescription, StepTimes } from "../compiler/plan.ts";

/**
 * What runs plans. One backend may serve many sessions; each opens a device of its own, which owns that session's
 * variables. Everything may be asynchronous, so that a GPU with memory of its own fits.
 */
export interface Backend {
  /** `reference` or `wasm`. */
  readonly name: string;
  open(): Promise<Device>;
  /** Frees everything: workers, memory. Devices still open fail with `ClosedError` afterwards. */
  close(): Promise<void>;
}

/** One session's part of a backend. */
export interface Device {
  readonly target: CompileTarget;
  /**
   * Makes a plan ready: allocates its variables and constants, runs its prologue.
   * @throws MemoryError when it does not fit; the error says how many bytes, for what, and what to reduce.
   */
  load(plan: Plan): Promise<LoadedPlan>;
  /** Frees the variables of this device and all its loaded plans. */
  close(): Promise<void>;
}

/** What one run hands over. */
export interface RunRequest {
  /**
   * Values of the plan's feeds, in its order, of the right dtype (float64 will do for float32) and size. The caller may
   * change them as soon as `run` has returned, be it a promise.
   */
  readonly feeds: readonly HostData[];
  /** How often each of the plan's `randomOps` has run before, in its order. */
  readonly counters: readonly number[];
  /** When present, filled with begin and end of every step. */
  readonly profile?: StepTimes | undefined;
}

export interface LoadedPlan {
  /**
   * Runs the plan once. Returns copies of the fetched values in the plan's order (null for operations), at once when
   * the backend could finish on the caller's thread, else as a promise. Runs of one backend never overlap; a backend
   * queues them, and copies the feeds of those that wait.
   */
  run(request: RunRequest): readonly (HostData | null)[] | Promise<readonly (HostData | null)[]>;
  /** How each step will run, for `explain`: kernel names with variant and algorithm, in the plan's order. */
  describe(): readonly StepDescription[];
  unload(): void;
}
