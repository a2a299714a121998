import { MemoryError } from "../../core/errors.ts";
import { Engine } from "./engine.ts";
import { launch, type Launch } from "./kernel.ts";
import { type Tape, tapeBytes, writeTape } from "./tape.ts";
import type { Variant } from "./variant.ts";

/** What a machine can do with these kernels' instructions, as measured: the peaks that speeds are given as shares of. */
export interface MachineSpeed {
  readonly variant: Variant;
  readonly threads: number;
  /** Multiply-adds in registers, counted as two operations: 10^9 a second, one thread alone. */
  readonly gflopsPerThread: number;
  /** The same with all threads at once. */
  readonly gflops: number;
  /** STREAM's triad over 96 MiB, 12 bytes counted an element: 10^9 bytes a second, all threads. */
  readonly gigabytesPerSecond: number;
}

/** Floating-point operations of a round of `peak`: 12 chains, 8 lanes, multiply and add. */
const FLOP_PER_ROUND = 12 * 8 * 2;
/** About 1.7 milliseconds on a fast core. */
const ROUNDS = 1_000_000;
/** Tasks for each thread that takes part: enough of them even out what else runs on the cores. */
const TASKS = 8;
const REPEATS = 10;
/** Elements of each of the triad's three arrays: 32 MiB, more than most caches. */
const STREAM_ELEMENTS = 2 ** 23;
const STREAM_TASKS = 256;

/** The loop behind `gflops`, on a memory and threads of its own: to be run again and again, beside what it is the limit of. */
export interface PeakLoop {
  /** Floating-point operations of one run, on all threads together. */
  readonly flops: number;
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openPeak(options: { variant: Variant; threads: number }): Promise<PeakLoop> {
  const engine = await Engine.start(options);
  const { flops, measured } = multiplyAdds(engine, threadsOf(engine) * TASKS, ROUNDS);
  const tape = writeOne(engine, measured);
  return { flops, run: async () => engine.run(tape), close: () => engine.close() };
}

/**
 * Measures this machine, in about a second, on a memory and threads of its own. The best of several repeats each: what
 * else runs on the machine only makes them slower.
 */
export async function measureSpeed(options: { variant: Variant; threads: number }): Promise<MachineSpeed> {
  const engine = await Engine.start(options);
  try {
    const threads = threadsOf(engine);
    const peak = async (tasks: number, rounds: number): Promise<number> => {
      const { flops, measured } = multiplyAdds(engine, tasks, rounds);
      return flops / (await bestSeconds(engine, measured)) / 1e9;
    };
    const [a, b, c] = [0, 0, 0].map(() => allocate(engine, STREAM_ELEMENTS * 4));
    const triad = launch("streamTriad", STREAM_TASKS, {
      a: a ?? 0,
      b: b ?? 0,
      c: c ?? 0,
      count: STREAM_ELEMENTS,
      tasks: STREAM_TASKS,
    });
    return {
      variant: engine.variant,
      threads,
      gflopsPerThread: await peak(1, ROUNDS * TASKS),
      gflops: await peak(threads * TASKS, ROUNDS),
      gigabytesPerSecond: (STREAM_ELEMENTS * 12) / (await bestSeconds(engine, triad)) / 1e9,
    };
  } finally {
    await engine.close();
  }
}

/** Without shared memory there is one thread, the caller's. */
function threadsOf({ threads }: Engine): number {
  return Math.max(threads, 1);
}

function multiplyAdds(engine: Engine, tasks: number, rounds: number): { flops: number; measured: Launch } {
  const y = allocate(engine, 64);
  return { flops: tasks * rounds * FLOP_PER_ROUND, measured: launch("peak", tasks, { rounds, y }) };
}

async function bestSeconds(engine: Engine, measured: Launch): Promise<number> {
  const tape = writeOne(engine, measured);
  let best = Infinity;
  // One more, the first, wakes the threads and lets the kernel be optimised.
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const start = performance.now();
    await engine.run(tape);
    if (repeat > 0) best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

function writeOne(engine: Engine, measured: Launch): Tape {
  const launches = [{ launch: measured, step: "measure" }];
  return writeTape(engine.heap, allocate(engine, tapeBytes(launches)), launches, engine.kernels);
}

/** Zeroed memory. */
function allocate(engine: Engine, bytes: number): number {
  const address = engine.heap.allocate(bytes);
  if (address === null) {
    throw new MemoryError({
      problem: `wasm: no room for ${bytes} bytes to measure with.`,
      fix: "close other programs.",
    });
  }
  engine.heap.bytes.fill(0, address, address + bytes);
  return address;
}
