/**
 * Plans made by hand from the kernels that measure the machine, so that the engine is tested without the compiler and
 * without the ops' kernels. `Add` here is STREAM's triad, x + 3 y; `Relu` is the peak loop, which takes as long as asked.
 */
import { sizeOf } from "../../../src/core/shape.ts";
import type { Buffer, Operand, Plan, Step } from "../../../src/compiler/plan.ts";
import { launch } from "../../../src/backends/wasm/kernel.ts";
import type { KernelTable } from "../../../src/backends/wasm/launches.ts";
import { chooseVariant, type Variant } from "../../../src/backends/wasm/variant.ts";
import { WasmBackend } from "../../../src/backends/wasm/wasm-backend.ts";

/** Elements of a task of the triad. */
export const TASK = 1024;

/** Rounds of `peak` in each of `tasks` tasks; a round is about 5 nanoseconds. */
export interface Slowness {
  readonly rounds: number;
  readonly tasks: number;
}

export function handMadeKernels(slow: Slowness = { rounds: 1, tasks: 1 }): KernelTable {
  const table: Pick<KernelTable, "Add" | "Relu"> = {
    Add: {
      launches: ({ inputs: [b, c], outputs: [a] }) => {
        if (a === undefined || b === undefined || c === undefined) throw new Error("triad: an operand is missing");
        const count = sizeOf(a.shape);
        const tasks = Math.max(1, count / TASK);
        return [launch("streamTriad", tasks, { a: a.address, b: b.address, c: c.address, count, tasks })];
      },
    },
    Relu: {
      launches: ({ outputs: [y] }) => [launch("peak", slow.tasks, { rounds: slow.rounds, y: y?.address ?? 0 })],
    },
  };
  return table as KernelTable;
}

/** A backend of its own for a test, to be closed by it. By default the crew runs everything. */
export function handMadeBackend(
  options: {
    threads?: number;
    variant?: Variant;
    inlineBytes?: number;
    memoryLimitBytes?: number;
    table?: KernelTable;
  } = {},
): WasmBackend {
  const { threads = 2, variant, inlineBytes = 0, memoryLimitBytes, table = handMadeKernels() } = options;
  return new WasmBackend({ threads, variant: chooseVariant(variant), memoryLimitBytes, inlineBytes }, table);
}

/** Lays a plan out in an arena where nothing shares memory. */
export class PlanMaker {
  readonly #buffers: Buffer[] = [];
  readonly #steps: Step[] = [];
  #arenaBytes = 0;

  /** A float32 tensor in the arena. */
  tensor(shape: readonly number[]): Operand {
    return this.#operand(shape, { place: "arena" });
  }

  constant(data: Float32Array): Operand {
    return this.#operand([data.length], { place: "constant", data });
  }

  /** A constant that the prologue computes. */
  emptyConstant(shape: readonly number[]): Operand {
    return this.#operand(shape, { place: "constant" });
  }

  variable(variable: NonNullable<Buffer["variable"]>, shape: readonly number[]): Operand {
    return this.#operand(shape, { place: "variable", variable });
  }

  #operand(shape: readonly number[], where: Pick<Buffer, "place" | "data" | "variable">): Operand {
    const bytes = sizeOf(shape) * 4;
    const offset = where.place === "arena" ? this.#arenaBytes : 0;
    if (where.place === "arena") this.#arenaBytes += Math.ceil(bytes / 64) * 64;
    const buffer = { id: this.#buffers.length, bytes, offset, ...where };
    this.#buffers.push(buffer);
    return { shape, dtype: "float32", buffer };
  }

  /** y = x + 3 z, in a new tensor or in `y`. */
  triad(x: Operand, z: Operand, y: Operand = this.tensor(x.shape)): Operand {
    this.#steps.push(step("Add", `triad${this.#steps.length}`, [x, z], [y]));
    return y;
  }

  /** Takes a while and leaves something in 8 elements. */
  slow(): Operand {
    const y = this.tensor([8]);
    this.#steps.push(step("Relu", `slow${this.#steps.length}`, [], [y]));
    return y;
  }

  plan(feeds: readonly Operand[], fetches: readonly (Operand | null)[]): Plan {
    return {
      prologue: [],
      steps: this.#steps,
      buffers: this.#buffers,
      feeds,
      fetches,
      arenaBytes: this.#arenaBytes,
      randomOps: [],
      reads: [],
      writes: [],
      checks: [],
      fitting: null,
    };
  }
}

function step(op: "Add" | "Relu", name: string, inputs: readonly Operand[], outputs: readonly Operand[]): Step {
  return { op, name, attrs: {}, geometry: undefined, inputs, outputs, workspace: null, counter: null };
}

/** x -> x + 3 c, `steps` times, c[i] = i / 1000; with what it must give. */
export function chain(steps: number, size: number): { plan: Plan; feed: Float32Array; expected: Float32Array } {
  const maker = new PlanMaker();
  const c = Float32Array.from({ length: size }, (_, index) => (index % 1000) / 1024);
  const addend = maker.constant(c);
  const x = maker.tensor([size]);
  let y = x;
  for (let index = 0; index < steps; index++) y = maker.triad(y, addend);
  const feed = Float32Array.from({ length: size }, (_, index) => index % 7);
  const expected = feed.map((value, index) => {
    let sum = value;
    for (let round = 0; round < steps; round++) sum = Math.fround(sum + 3 * (c[index] ?? 0));
    return sum;
  });
  return { plan: maker.plan([x], [y]), feed, expected };
}
