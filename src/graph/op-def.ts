import type { DType } from "../core/dtype.ts";
import type { ConcreteShape, Shape } from "../core/shape.ts";
import type { Tensor } from "./tensor.ts";

/** What shape inference knows of a tensor. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The same when every dimension is known, as after the compiler made shapes concrete. */
export interface ConcreteSpec {
  readonly shape: ConcreteShape;
  readonly dtype: DType;
}

/**
 * Names of an op's inputs, in order. `"bias?"` may be left out (only at the end); `"...values"` takes a list (only
 * alone or at the end).
 */
export type InputNames = readonly string[];

/** Inputs by name, each as `T`: lists for `"...name"`, possibly undefined for `"name?"`. */
export type ByName<Names extends InputNames, T> = {
  readonly [N in Names[number] as PlainName<N>]: N extends `...${string}`
    ? readonly T[]
    : N extends `${string}?`
      ? T | undefined
      : T;
};

type PlainName<N extends string> = N extends `...${infer Rest}` ? Rest : N extends `${infer Rest}?` ? Rest : N;

/** What a gradient function gets. `y`, `dy` are the first output and its gradient; `ys`, `dys` all of them. */
export interface GradientContext<Names extends InputNames, Attrs> {
  readonly inputs: ByName<Names, Tensor>;
  readonly attrs: Attrs;
  readonly y: Tensor;
  readonly dy: Tensor;
  readonly ys: readonly Tensor[];
  /** Outputs that nothing differentiable used have no gradient: `null`. */
  readonly dys: readonly (Tensor | null)[];
  /** The gradients of sum(dys * ys) by each x: for ops whose gradient is that of a formula in other ops. */
  differentiate(ys: readonly Tensor[], xs: readonly Tensor[], dys: readonly Tensor[]): (Tensor | null)[];
}

/** The gradient of every input by name; `null` where there is none, written down. */
export type InputGradients<Names extends InputNames> = {
  readonly [N in Names[number] as PlainName<N>]: N extends `...${string}` ? readonly (Tensor | null)[] : Tensor | null;
};

/** Method-typed, so that it is bivariant in its parameters. */
type Gradient<Names extends InputNames, Attrs> = {
  gradient(context: GradientContext<Names, Attrs>, ops: object): InputGradients<Names>;
}["gradient"];

/**
 * An op: one declaration with everything that is the same on every backend. `ops/shared/define-op.ts` makes these; kernels
 * are found by `name` in each backend's table.
 *
 * Methods (not function properties) on purpose: they are bivariant, so a list of all ops has a type.
 */
export interface OpDef<
  Name extends string = string,
  Names extends InputNames = InputNames,
  Attrs extends object = object,
  Geometry = unknown,
> {
  readonly name: Name;
  readonly inputs: Names;
  /** Output shapes and dtypes; throws `OpProblem` (graph/describe-problem.ts makes the user's error of it) when the inputs do not fit. */
  infer(inputs: ByName<Names, TensorSpec>, attrs: Attrs): readonly TensorSpec[];
  /** Numbers every kernel needs, computed once when shapes are concrete: window sizes, collapsed axes. */
  geometry?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): Geometry;
  /**
   * Floating-point operations, where they are not one for each element of the largest operand: two for each multiply-add
   * of a product, counted by the direct method whatever algorithm runs; 0 for ops that only move data.
   */
  flops?(geometry: Geometry): number;
  /** The value, when it follows from shapes and attributes alone (`Shape`, `Size`); becomes a constant. */
  fold?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): readonly number[];
  /** True when at these shapes output 0 is just the first input: the compiler then leaves the op out. */
  isIdentity?(inputs: ByName<Names, ConcreteSpec>, attrs: Attrs): boolean;
  /**
   * How gradients flow; `null` when none of the inputs has one (mathematically: comparisons, integers, random). It gets
   * all op functions as its second argument, so that op files need not import each other in circles.
   */
  readonly gradient: Gradient<Names, Attrs> | null;
  readonly traits: OpTraits;
}

/** Facts about an op that the compiler uses. */
export interface OpTraits {
  /** The function that users call, for messages; default: the op's name with a small first letter. */
  readonly calledAs?: string;
  /** Reads or writes state or draws random numbers: never merged with a twin, never computed ahead. */
  readonly stateful?: boolean;
  /** Draws from the op's Philox stream: gets a counter that advances with every run. */
  readonly random?: boolean;
  /** Inputs read for their shape only; no data dependency remains after shapes are concrete. */
  readonly shapeOnly?: readonly string[];
  /** Output 0 is the first input's buffer seen with another shape; no kernel runs. */
  readonly view?: boolean;
  /** Inputs whose buffer output 0 may take over when nobody else needs it (equal bytes, elementwise access). */
  readonly inPlace?: readonly string[];
  /** Inputs that must be variables and are overwritten by the op: index 0 of assign and the optimizers' slots. */
  readonly mutates?: readonly string[];
}
