import type { ConcreteShape } from "../../core/shape.ts";
import type { DType } from "../../core/dtype.ts";
import type { AttrsOf, GeometryOf, OpName, Step } from "../../compiler/plan.ts";
import type { Wish } from "./algorithms.ts";

/** A tensor of the wasm backend: where it lies in the one memory. */
export interface Placed {
  /** Byte address, 64-byte aligned. 0 for inputs read for their shape only. */
  readonly address: number;
  readonly shape: ConcreteShape;
  readonly dtype: DType;
}

/** A step with addresses instead of buffers. */
export interface PlacedStep<N extends OpName> {
  readonly name: string;
  readonly inputs: readonly Placed[];
  readonly outputs: readonly Placed[];
  readonly attrs: AttrsOf<N>;
  readonly geometry: GeometryOf<N>;
  /** What the kernel's `algorithm` chose, when the plan was made. */
  readonly algorithm: string | undefined;
  /** Address of the step's workspace; 0 when it asked for none. */
  readonly workspace: number;
  /** Address of the u32 that holds a random op's run counter; 0 for other ops. */
  readonly counter: number;
}

/** A 32-bit word of a launch record: integers and addresses as they are, floats through `float()`. */
export type Word = number | FloatWord;

export interface FloatWord {
  readonly float: number;
}

/** Marks a number as float32 in a launch record. */
export function float(value: number): FloatWord {
  return { float: value };
}

/** One wasm kernel call: `tasks` tasks that any worker may take, in any order. */
export interface Launch {
  /** Name of the export of the assembly. */
  readonly kernel: string;
  readonly tasks: number;
  /** The kernel's argument record: the fields of its `Args` class by name, in that order. The tests of the ops compare them. */
  readonly args: Readonly<Record<string, Word>>;
  /** Private scratch bytes each worker needs. */
  readonly scratchBytes: number;
}

export function launch(kernel: string, tasks: number, args: Readonly<Record<string, Word>>, scratchBytes = 0): Launch {
  return { kernel, tasks, args, scratchBytes };
}

/** What the running machine offers, as the start-up probe found it. */
export interface Machine {
  /** Width of the matrix micro-kernel's tile: 16 where the engine revectorizes, else 8. */
  readonly tileColumns: 8 | 16;
}

/** Host side of an op: turns a step into launches, which run one after the other. */
export interface WasmKernel<N extends OpName> {
  launches(step: PlacedStep<N>, machine: Machine): readonly Launch[];
  /** Arena bytes the launches share (packed panels, partial sums). */
  workspaceBytes?(step: Omit<Step<N>, "workspace">, machine: Machine): number;
  /** Chooses the algorithm, where there is a choice, when a plan is made; the step then has it. */
  algorithm?(step: Omit<Step<N>, "workspace" | "algorithm">, wish: Wish): string;
}

/** Elements of an elementwise task: 64 KiB of float32 in all, so that a task costs far more than taking it. */
export const ELEMENTS_PER_TASK = 16384;

/** Number of tasks for `elements` elements, a function of the shape alone. */
export function tasksFor(elements: number, elementsPerTask: number = ELEMENTS_PER_TASK): number {
  return Math.max(1, Math.ceil(elements / elementsPerTask));
}
