import type { DType, HostData } from "../core/dtype.ts";
import type { ConcreteShape } from "../core/shape.ts";
import type { Operation } from "../graph/operation.ts";
import type { OpDef } from "../graph/op-def.ts";
import type * as ops from "../ops/index.ts";

/** Everything `ops/index.ts` exports that is an op definition. */
type AnyDef = Extract<(typeof ops)[keyof typeof ops], { readonly traits: object; readonly infer: unknown }>;

/** Names of all ops: the keys of every backend's kernel table. */
export type OpName = AnyDef["name"];
type DefOf<N extends OpName> = Extract<AnyDef, { readonly name: N }>;
export type AttrsOf<N extends OpName> = N extends OpName
  ? DefOf<N> extends OpDef<N, infer _Names, infer Attrs, infer _Geometry>
    ? Attrs
    : never
  : never;
export type GeometryOf<N extends OpName> = N extends OpName
  ? DefOf<N> extends OpDef<N, infer _Names, infer _Attrs, infer Geometry>
    ? Geometry
    : never
  : never;

/** Memory of a plan. Several values may share one buffer: views, in-place results, variables after an assignment. */
export interface Buffer {
  readonly id: number;
  readonly bytes: number;
  /**
   * `arena`: lives inside one run, at `offset` bytes from the start of the arena (64-byte aligned).
   * `variable`: a variable's storage, kept by the session between runs.
   * `constant`: loaded once with the plan: `data`, or written by the plan's prologue.
   */
  readonly place: "arena" | "variable" | "constant";
  /** Byte offset in the arena; 0 in the other places. */
  readonly offset: number;
  readonly variable?: Operation;
  readonly data?: HostData;
}

/** A tensor as a kernel gets it. Dense, row-major, starting at its buffer's first byte. */
export interface Operand {
  readonly shape: ConcreteShape;
  readonly dtype: DType;
  readonly buffer: Buffer;
}

/** One kernel call of a plan: geometry and buffers, everything decided. */
export interface Step<N extends OpName = OpName> {
  readonly op: N;
  /** Name of the operation it came from; of the last one when several were fused. */
  readonly name: string;
  readonly attrs: AttrsOf<N>;
  readonly geometry: GeometryOf<N>;
  /** The algorithm that `CompileTarget.algorithm` chose, for ops that have several; absent for all others. */
  readonly algorithm?: string;
  /**
   * In the order of the op's `inputs`; optional ones that are absent are missing at the end. Inputs read for their
   * shape only are present with a buffer of 0 bytes.
   */
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** Arena memory of this step alone, as many bytes as the target asked for; null when it asked for none. */
  readonly workspace: Buffer | null;
  /** For random ops: the index of its run counter among the plan's `randomOps`; null otherwise. */
  readonly counter: number | null;
}

/** What the compiler makes for one set of fetches and feed shapes. */
export interface Plan {
  /** Steps run once when the plan is loaded: everything that depends on constants alone. */
  readonly prologue: readonly Step[];
  /** Steps of every run, in order. */
  readonly steps: readonly Step[];
  readonly buffers: readonly Buffer[];
  /** Where the host writes what is fed, in the order of the compile request. */
  readonly feeds: readonly Operand[];
  /** Where the host reads results; null for a fetched operation. In the order of the compile request. */
  readonly fetches: readonly (Operand | null)[];
  /** Size of the arena: the peak of everything alive at once. */
  readonly arenaBytes: number;
  /** Random operations, whose run counters the session keeps. */
  readonly randomOps: readonly Operation[];
  /** Variables whose value from before the run is read: they must be initialized. */
  readonly reads: readonly Operation[];
  /** Variables assigned to. */
  readonly writes: readonly Operation[];
  /**
   * With `checkNumerics`: the operation behind each of the last `checks.length` fetches, which were not in the request.
   * Such a fetch is an int32 count of the NaN and infinities in that operation's result. In the order the steps run.
   */
  readonly checks: readonly Operation[];
  /** What was done so that the arena fits into the backend's memory; null where nothing had to be. */
  readonly fitting: Fitting | null;
}

/** How a plan was made to need less memory. */
export interface Fitting {
  /** The most that the arena could have. */
  readonly limitBytes: number;
  /** What it would have needed. */
  readonly wantedBytes: number;
  /** Names of the steps that run a second time, because their results were given up in between. */
  readonly again: readonly string[];
  /** In how many parts the batch runs through the layers that treat images one by one; 1 when it is not split. */
  readonly parts: number;
}

/** How a backend runs a step, for `explain`. */
export interface StepDescription {
  /** The kernels launched, `conv2dPack + conv2d`. */
  readonly kernel: string;
  /** The algorithm where there is a choice: `implicit im2col`, `winograd 4x4`. */
  readonly algorithm?: string | undefined;
  readonly tasks: number;
}

/** Begin and end of the steps of a run, in the plan's order, in milliseconds since the run's start. */
export interface StepTimes {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** What the session wants of algorithms. */
export interface AlgorithmWish {
  /** None that rounds more than a direct sum does. */
  readonly exact: boolean;
}

/** What the compiler asks of the backend that a plan is for. */
export interface CompileTarget {
  readonly name: string;
  /** Workspace bytes a step needs; called when shapes and algorithm are final, before memory is planned. */
  workspaceBytes(step: Omit<Step, "workspace">): number;
  /** Which algorithm a step should run, for ops where the target has several; undefined for all others. */
  algorithm?(step: Omit<Step, "workspace" | "algorithm">, wish: AlgorithmWish): string | undefined;
  /**
   * The most bytes that the arena of a plan with these buffers may have; without it, there is no limit. A function of the
   * machine and of the buffers, not of what else is loaded: a program shall not compute by other steps because of it.
   */
  arenaLimit?(buffers: readonly Buffer[]): number;
  /** Fused ops this backend has kernels for; the fusing passes use only these. */
  readonly fusions: ReadonlySet<OpName>;
}
