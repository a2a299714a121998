/** Ops that fold axes away. */
import type { Shape } from "../shape.ts";
import type { AxisArgument, AxisUnion, FrontAxis, PutAt, Without } from "./axis.ts";
import type { DropLast, Rankless } from "./dim.ts";

/**
 * The shape of a reduction over `axis` (one, several, or undefined for all), with the folded axes kept as 1 if KeepDims.
 *
 * @example Reduce<[2, 3, 4], readonly [0, -1]> // [3]
 * @example Reduce<[2, 3, 4], 1, true> // [2, 1, 4]
 */
export type Reduce<S extends Shape, Axis extends AxisArgument = undefined, KeepDims extends boolean = false> =
  Rankless<S> extends true
    ? [Axis, KeepDims] extends [undefined, false]
      ? []
      : Shape
    : [KeepDims] extends [false]
      ? Fold<S, Axis>
      : [KeepDims] extends [true]
        ? Keep<S, Axis>
        : Shape;

type Fold<S extends Shape, Axis extends AxisArgument> = [Axis] extends [undefined]
  ? []
  : [Axis] extends [number]
    ? Without<S, FrontAxis<S, Axis>>
    : [Axis] extends [readonly []]
      ? [...S]
      : number extends AxisUnion<Axis>
        ? Shape // How many axes go is not known.
        : Without<S, FrontAxis<S, AxisUnion<Axis>>>;

type Keep<S extends Shape, Axis extends AxisArgument> = [Axis] extends [undefined]
  ? { -readonly [K in keyof S]: 1 }
  : [Axis] extends [readonly []]
    ? [...S]
    : PutAt<S, FrontAxis<S, AxisUnion<Axis>>, 1>;

/** The shape of `argMax` and `argMin`, which fold one axis, the first by default. @example ArgReduce<[8, 10], 1> // [8] */
export type ArgReduce<S extends Shape, Axis extends number = 0> = Reduce<S, Axis>;

/** The shape of both results of `topK`, along the last axis. @example TopK<[8, 1000], 5> // [8, 5] */
export type TopK<S extends Shape, K extends number> = Rankless<S> extends true ? Shape : [...DropLast<S>, K];

/** Why S has no K largest, or undefined. @example "topK: a scalar has no last axis" */
export type TopKProblem<S extends Shape> =
  Rankless<S> extends true ? undefined : S["length"] extends 0 ? "topK: a scalar has no last axis" : undefined;
