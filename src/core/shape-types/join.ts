/** Ops that join tensors, take them apart or look them up. */
import type { Shape } from "../shape.ts";
import type { AxisProblem, DimAt, FrontAxis, Insert, PutAt, Without } from "./axis.ts";
import type { Merge, Same } from "./broadcast.ts";
import type { AsShape, Computed, Dim, HasRank, Rankless, ShapeText } from "./dim.ts";

/**
 * The shape of `concat`: `number` along Axis, elsewhere what any of the shapes knows.
 *
 * @example Concat<[[8, 2, 3], [null, 5, 3]], 1> // [8, number, 3]
 */
export type Concat<Shapes extends readonly Shape[], Axis extends number> = AsShape<
  Joint<Together<Blank<Shapes, Axis>>, Axis, Total<Shapes, Axis>>
>;

type Joint<S extends Shape, Axis extends number, D extends Dim> =
  Rankless<S> extends true ? Shape : PutAt<S, FrontAxis<S, Axis>, D>;

/** The shapes with `null` at Axis, where they may differ. */
type Blank<Shapes extends readonly Shape[], Axis extends number> = {
  [K in keyof Shapes]: BlankAxis<Shapes[K], Axis>;
};

type BlankAxis<S extends Shape, Axis extends number> =
  Rankless<S> extends true ? Shape : PutAt<S, FrontAxis<S, Axis>, null>;

/** The shape of `addN`: what any of the shapes knows. @example AddN<[[null, 3], [2, 3]]> // [2, 3] */
export type AddN<Shapes extends readonly Shape[]> = AsShape<Together<Shapes>>;

/** The sum along Axis. */
type Total<Shapes extends readonly Shape[], Axis extends number> = Sum<
  { [K in keyof Shapes]: DimAt<Shapes[K], Axis> }[number]
>;

type Sum<D extends Dim> = [D] extends [null] ? null : null extends D ? Dim : number;

/** One shape for all: merged from a tuple; a list of unknown length has only the type of its elements. */
type Together<Shapes extends readonly Shape[]> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? MergeAll<Rest, First>
  : number extends Shapes["length"]
    ? Shapes[number]
    : Shape;

type MergeAll<Shapes extends readonly Shape[], Out extends Shape> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? MergeAll<Rest, Merge<Out, First>>
  : Out;

/**
 * Why the shapes cannot be joined along Axis, or undefined.
 *
 * @example ConcatProblem<[[8, 2], [9, 2]], 1> // "concat: shapes [8, 2] and [9, 2] differ outside axis 1"
 */
export type ConcatProblem<Shapes extends readonly Shape[], Axis extends number> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? AxisProblem<"concat", First, Axis> extends infer Problem extends string
    ? Problem
    : Stranger<Rest, First, Axis> extends infer Other extends Shape
      ? [Other] extends [never]
        ? undefined
        : `concat: shapes ${ShapeText<First>} and ${ShapeText<Other>} differ outside axis ${Axis}`
      : undefined
  : undefined;

/** The first of the shapes that differs from First outside Axis, or never. */
type Stranger<Shapes extends readonly Shape[], First extends Shape, Axis extends number> = Shapes extends readonly [
  infer Next extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? [Same<BlankAxis<First, Axis>, BlankAxis<Next, Axis>>, HasRank<Next, First>] extends [true, true]
    ? Stranger<Rest, First, Axis>
    : Next
  : never;

/**
 * The shape of `stack`: equal shapes along a new axis Axis.
 *
 * @example Stack<[[2, 3], [2, null]], 0> // [2, 2, 3]
 */
export type Stack<Shapes extends readonly Shape[], Axis extends number = 0> = AsShape<
  StackOf<Together<Shapes>, Shapes["length"], Axis>
>;

type StackOf<S extends Shape, Count extends number, Axis extends number> =
  Rankless<S> extends true ? Shape : Insert<S, Count, FrontAxis<[...S, Count], Axis>>;

/** Why the shapes cannot be stacked, or undefined. @example "stack: shapes [2, 3] and [3, 2] differ" */
export type StackProblem<Shapes extends readonly Shape[], Axis extends number = 0> = Shapes extends readonly [
  infer First extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? AxisProblem<"stack", [...First, 1], Axis> extends infer Problem extends string
    ? Problem
    : Unlike<Rest, First> extends infer Other extends Shape
      ? [Other] extends [never]
        ? undefined
        : `stack: shapes ${ShapeText<First>} and ${ShapeText<Other>} differ`
      : undefined
  : undefined;

/** The first of the shapes that differs from First, or never. */
type Unlike<Shapes extends readonly Shape[], First extends Shape> = Shapes extends readonly [
  infer Next extends Shape,
  ...infer Rest extends readonly Shape[],
]
  ? Same<First, Next> extends true
    ? Unlike<Rest, First>
    : Next
  : never;

/** The shape of each piece of `unstack`. @example Unstack<[2, 3, 4], 1> // [2, 4] */
export type Unstack<S extends Shape, Axis extends number = 0> =
  Rankless<S> extends true ? Shape : Without<S, FrontAxis<S, Axis>>;

/** The shape of each piece of `split`: `number` along Axis. @example Split<[2, 6], 1> // [2, number] */
export type Split<S extends Shape, Axis extends number = 0> =
  Rankless<S> extends true ? Shape : PutAt<S, FrontAxis<S, Axis>, Computed<DimAt<S, Axis>>>;

/**
 * The shape of `gather`: the indices' axes stand where axis Axis was.
 *
 * @example Gather<[1000, 64], [32, 10]> // [32, 10, 64]
 * @example Gather<[32, 1000], [32, 5], 1, 1> // [32, 5]: the first BatchDims axes are the same ones
 */
export type Gather<
  Params extends Shape,
  Indices extends Shape,
  Axis extends number = 0,
  BatchDims extends number = 0,
> = true extends Rankless<Params> | Rankless<Indices>
  ? Shape
  : number extends BatchDims
    ? Shape
    : GatherAt<Params, WithoutFirst<Indices, BatchDims>, FrontAxis<Params, Axis>>;

type WithoutFirst<S extends Shape, Count extends number, Dropped extends Shape = []> = Dropped["length"] extends Count
  ? S
  : S extends readonly [infer D extends Dim, ...infer Rest extends Shape]
    ? WithoutFirst<Rest, Count, [...Dropped, D]>
    : Shape;

type GatherAt<
  Params extends Shape,
  Indices extends Shape,
  Front extends number,
  Before extends Shape = [],
> = number extends Front
  ? Shape
  : Params extends readonly [infer D extends Dim, ...infer After extends Shape]
    ? Before["length"] extends Front
      ? [...Before, ...Indices, ...After]
      : GatherAt<After, Indices, Front, [...Before, D]>
    : Shape;

/** The shape of `oneHot`: the classes as a new axis, the last by default. @example OneHot<[32], 10> // [32, 10] */
export type OneHot<Indices extends Shape, Depth extends Dim, Axis extends number = -1> =
  Rankless<Indices> extends true ? Shape : Insert<Indices, Depth, FrontAxis<[...Indices, Depth], Axis>>;
