import type { ConcreteShape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { CompileTarget } from "./plan.ts";

/** What a session asks the compiler for. */
export interface CompileRequest {
  readonly graph: Graph;
  /** Tensors whose values are wanted, and operations that are to run. */
  readonly fetches: readonly (Tensor | Operation)[];
  /** Tensors whose values the run brings along. Any tensor may be fed: the graph is cut there. */
  readonly feeds: readonly Feed[];
  readonly target: CompileTarget;
  readonly options?: CompileOptions | undefined;
}

export interface Feed {
  readonly tensor: Tensor;
  readonly shape: ConcreteShape;
}

/** What may be left out without changing what a plan computes: passes, and two ways to share memory. */
export type Feature =
  | "mergeTwins"
  | "maskPooled"
  | "fuse"
  | "hoistConstants"
  | "splitBatch"
  | "schedule"
  | "assignDirectly"
  | "inPlace"
  | "shareMemory";

export interface CompileOptions {
  /** Count the NaN and infinities of every float32 result; `Plan.checks` says whose. Default false. */
  readonly checkNumerics?: boolean | undefined;
  /** No algorithm that rounds more than a direct sum does, such as Winograd's. Default false. */
  readonly exact?: boolean | undefined;
  /** The most bytes that the arena may have; default: what the target says. For tests. */
  readonly arenaLimit?: number | undefined;
  /** Split the batch into so many parts, where it can be, whatever memory needs. For tests. */
  readonly parts?: number | undefined;
  /** Check the compiler's own invariants after each pass; for tests. Default false. */
  readonly verify?: boolean | undefined;
  /** What to leave out; for tests and for looking at what one does. */
  readonly without?: readonly Feature[] | undefined;
}
