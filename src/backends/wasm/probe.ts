import type { Engine } from "./engine.ts";
import type { Machine, Placed, PlacedStep } from "./kernel.ts";
import type { KernelTable } from "./launches.ts";
import { tapeBytes, writeTape } from "./tape.ts";
import type { Variant } from "./variant.ts";

/** Tiles found faster, for the builds asked about in this process. */
const known = new Map<Variant, 8 | 16>();

/** What the running machine offers, found out when a kernel first asks, so that programs without products pay nothing. */
export function probeMachine(engine: Engine, table: KernelTable): Machine {
  return {
    get tileColumns() {
      let tile = known.get(engine.variant);
      if (tile === undefined) {
        tile = fasterTile(engine, table);
        known.set(engine.variant, tile);
      }
      return tile;
    },
  };
}

/** A product whose operands fit the first two caches: 4.7 MFLOP, some 50 microseconds. */
const ROWS = 96;
const INNER = 256;
const COLUMNS = 96;

/** Long enough for V8 to have replaced its quick first machine code by the optimised one, which takes 3 to 10 ms. */
const LEAST_MILLISECONDS = 15;
const MOST_MILLISECONDS = 80;
/** Optimised code is 10 to 20 times as fast as the first. */
const OPTIMIZED = 4;

/**
 * Times the matrix product with both widths of tile, in turns. 16 columns are faster where V8 makes 256-bit
 * instructions of pairs or the processor has 32 registers; elsewhere they spill. Which one is used changes the speed
 * alone: a sum over `inner` has the same order in both.
 */
function fasterTile(engine: Engine, table: KernelTable): 8 | 16 {
  // On an engine of its own: a run may be on.
  const alone = engine.alone(2 ** 23);
  const wide = product(alone, table, 16);
  const narrow = product(alone, table, 8);
  const first = Math.max(timeOf(wide), timeOf(narrow));
  let [bestWide, bestNarrow] = [first, first];
  const start = performance.now();
  for (;;) {
    bestWide = Math.min(bestWide, timeOf(wide));
    bestNarrow = Math.min(bestNarrow, timeOf(narrow));
    const elapsed = performance.now() - start;
    const optimized = Math.max(bestWide, bestNarrow) * OPTIMIZED < first;
    if (elapsed > MOST_MILLISECONDS || (elapsed > LEAST_MILLISECONDS && optimized)) break;
  }
  return bestWide <= bestNarrow ? 16 : 8;
}

/** A product, ready to be run. */
function product(engine: Engine, table: KernelTable, tileColumns: 8 | 16): () => void {
  const { heap } = engine;
  const matrix = (rows: number, columns: number): Placed => {
    const address = heap.allocate(rows * columns * 4) ?? 0;
    // Numbers that stay numbers: memory may hold anything, and denormals are slow.
    heap.floats.fill(1, address >>> 2, (address >>> 2) + rows * columns);
    return { address, shape: [rows, columns], dtype: "float32" };
  };
  const step: PlacedStep<"MatMul"> = {
    name: "probe",
    inputs: [matrix(ROWS, INNER), matrix(INNER, COLUMNS)],
    outputs: [matrix(ROWS, COLUMNS)],
    attrs: { transposeA: false, transposeB: false },
    geometry: { rows: ROWS, inner: INNER, columns: COLUMNS, batch: 1, matricesOfA: [0], matricesOfB: [0] },
    algorithm: undefined,
    workspace: heap.allocate(2 ** 20) ?? 0,
    counter: 0,
  };
  const launches = table.MatMul.launches(step, { tileColumns }).map((launch) => ({ launch, step: step.name }));
  const address = heap.allocate(tapeBytes(launches)) ?? 0;
  const tape = writeTape(heap, address, launches, engine.kernels);
  engine.reserve(
    0,
    launches.reduce((most, { launch }) => Math.max(most, launch.scratchBytes), 0),
  );
  return () => engine.runHere(tape);
}

function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
