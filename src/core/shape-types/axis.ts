/** Axes, counted from the front or (negative) from the back, without arithmetic: a table with each rank up to 6. */
import type { Shape } from "../shape.ts";
import type { Dim, Rankless, ShapeText } from "./dim.ts";

/** `Axes[rank][axis]` is the axis counted from the front; an axis that is not there is out of range. */
type Axes = [
  {},
  { "0": 0; "-1": 0 },
  { "0": 0; "1": 1; "-2": 0; "-1": 1 },
  { "0": 0; "1": 1; "2": 2; "-3": 0; "-2": 1; "-1": 2 },
  { "0": 0; "1": 1; "2": 2; "3": 3; "-4": 0; "-3": 1; "-2": 2; "-1": 3 },
  { "0": 0; "1": 1; "2": 2; "3": 3; "4": 4; "-5": 0; "-4": 1; "-3": 2; "-2": 3; "-1": 4 },
  { "0": 0; "1": 1; "2": 2; "3": 3; "4": 4; "5": 5; "-6": 0; "-5": 1; "-4": 2; "-3": 3; "-2": 4; "-1": 5 },
];

/** The ranks in the table. Beyond them an axis is taken as unknown. */
type Tabled = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What an op takes as `axis`: one, several, or undefined for all. */
export type AxisArgument = number | readonly number[] | undefined;

/** The axes in an argument as a union, `number` when not all are literal. `AxisUnion<readonly [0, -1]>` is 0 | -1. */
export type AxisUnion<Axis extends AxisArgument> = Axis extends readonly number[] ? Axis[number] : NonNullable<Axis>;

/**
 * Axis counted from the front, for one axis or a union. Never when it is out of range, number when it is not literal.
 *
 * @example FrontAxis<[2, 3, 4], -1> // 2
 */
export type FrontAxis<S extends Shape, Axis extends number> = number extends Axis
  ? number
  : S["length"] extends Tabled
    ? FrontIn<Axes[S["length"]], Axis>
    : number;

type FrontIn<Table, Axis extends number> = Axis extends number
  ? `${Axis}` extends infer Key extends keyof Table
    ? Table[Key] & number
    : never
  : never;

/** The dimension of S at Axis; `Dim` when the rank or the axis is unknown. `DimAt<[2, 3, 4], -2>` is 3. */
export type DimAt<S extends Shape, Axis extends number> =
  Rankless<S> extends true ? Dim : number extends FrontAxis<S, Axis> ? S[number] : S[FrontAxis<S, Axis>];

/**
 * Why Axis is no axis of S, or undefined.
 *
 * @example AxisProblem<"reduceSum", [2, 3], 2> // "reduceSum: shape [2, 3] has no axis 2"
 */
export type AxisProblem<Op extends string, S extends Shape, Axis extends AxisArgument> =
  Rankless<S> extends true
    ? undefined
    : [OutOfRange<S, AxisUnion<Axis>>] extends [never]
      ? undefined
      : `${Op}: shape ${ShapeText<S>} has no axis ${OutOfRange<S, AxisUnion<Axis>>}`;

/** The members of a union of axes that S does not have. `OutOfRange<[2, 3], 0 | 2>` is 2. */
type OutOfRange<S extends Shape, Axis extends number> = Axis extends number
  ? [FrontAxis<S, Axis>] extends [never]
    ? Axis
    : never
  : never;

/** S without the axes in Front, a union counted from the front. `Without<[2, 3, 4], 0 | 2>` is `[3]`. */
export type Without<S extends Shape, Front extends number> = [Front] extends [never]
  ? Shape
  : number extends Front
    ? WithoutSome<S>
    : Leave<S, Front>;

/** S without one axis, it is not known which. */
type WithoutSome<S extends Shape> = S extends readonly [Dim, ...infer Rest extends Shape]
  ? Mixed<Rest, S[number]>
  : Shape;

type Leave<S extends Shape, Front extends number, Out extends Shape = [], At extends Shape = []> = S extends readonly [
  infer D extends Dim,
  ...infer Rest extends Shape,
]
  ? Leave<Rest, Front, At["length"] extends Front ? Out : [...Out, D], [...At, 1]>
  : Out;

/** S with D for the axes in Front. `PutAt<[2, 3, 4], 1, 1>` is `[2, 1, 4]`. */
export type PutAt<S extends Shape, Front extends number, D extends Dim> = [Front] extends [never]
  ? Shape
  : number extends Front
    ? Mixed<S, D | S[number]>
    : { -readonly [K in keyof S]: K extends `${Front}` ? D : S[K] };

/** S with D put in, so that it is axis Front of the result. `Insert<[2, 3], 1, 1>` is `[2, 1, 3]`. */
export type Insert<S extends Shape, D extends Dim, Front extends number> = [Front] extends [never]
  ? Shape
  : number extends Front
    ? Mixed<[...S, D], D | S[number]>
    : InsertAt<S, D, Front>;

type InsertAt<
  S extends Shape,
  D extends Dim,
  Front extends number,
  Out extends Shape = [],
> = Out["length"] extends Front
  ? [...Out, D, ...S]
  : S extends readonly [infer First extends Dim, ...infer Rest extends Shape]
    ? InsertAt<Rest, D, Front, [...Out, First]>
    : Shape;

/** The rank of S with every dimension D: for a known rank with an unknown order. */
export type Mixed<S extends Shape, D extends Dim = S[number]> = { -readonly [K in keyof S]: D };
