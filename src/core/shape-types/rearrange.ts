/** Ops that give the same elements another shape, or more of them. */
import type { Shape } from "../shape.ts";
import type { AxisProblem, DimAt, FrontAxis, Insert, Mixed, Without } from "./axis.ts";
import type { Agree, Computed, Dim, DimText, Rankless, ShapeText } from "./dim.ts";

/**
 * The shape of `transpose`; without Perm the axes are reversed.
 *
 * @example Transpose<[32, 224, 200, 3], readonly [0, 3, 1, 2]> // [32, 3, 224, 200]
 */
export type Transpose<S extends Shape, Perm extends readonly number[] | undefined = undefined> =
  Rankless<S> extends true
    ? Shape
    : [Perm] extends [readonly number[]]
      ? number extends Perm["length"]
        ? Mixed<S>
        : { -readonly [K in keyof Perm]: Perm[K] extends number ? DimAt<S, Perm[K]> : never }
      : [Perm] extends [undefined]
        ? Reverse<S>
        : Shape;

type Reverse<S extends Shape, Out extends Shape = []> = S extends readonly [
  infer D extends Dim,
  ...infer Rest extends Shape,
]
  ? Reverse<Rest, [D, ...Out]>
  : Out;

/**
 * Why Perm does not permute the axes of S, or undefined.
 *
 * @example TransposeProblem<[2, 3], readonly [0, 0]> // "transpose: perm [0, 0] is not an order of the axes of [2, 3]"
 */
export type TransposeProblem<S extends Shape, Perm extends readonly number[] | undefined> =
  Rankless<S> extends true
    ? undefined
    : [Perm] extends [readonly number[]]
      ? number extends Perm["length"] | Perm[number]
        ? undefined
        : [Perm["length"], AllAxes<S>] extends [S["length"], `${Perm[number]}`]
          ? undefined
          : `transpose: perm ${ShapeText<Perm>} is not an order of the axes of ${ShapeText<S>}`
      : undefined;

/** The axes of S as strings. `AllAxes<[2, 3]>` is "0" | "1". */
type AllAxes<S extends Shape> = Extract<keyof S, `${number}`>;

/**
 * The shape of `reshape`, where one -1 stands for what is left over and becomes `number`.
 *
 * @example Reshape<[32, 7, 7, 64], readonly [32, -1]> // [32, number]
 */
export type Reshape<S extends Shape, To extends readonly number[]> =
  Rankless<To> extends true
    ? Shape
    : { -readonly [K in keyof To]: [To[K]] extends [-1] ? Computed<LeftOver<S>> : To[K] };

/** A dimension that is null if one of S is: then so is what is left over. */
type LeftOver<S extends Shape> = Rankless<S> extends true ? Dim : null extends S[number] ? null : number;

/** Why To is no shape, or undefined. @example "reshape: [-1, -1] has more than one -1" */
export type ReshapeProblem<To extends readonly number[]> =
  Rankless<To> extends true
    ? undefined
    : TwoUnknown<To> extends true
      ? `reshape: ${ShapeText<To>} has more than one -1`
      : undefined;

type TwoUnknown<To extends readonly number[], Seen extends boolean = false> = To extends readonly [
  infer D extends number,
  ...infer Rest extends readonly number[],
]
  ? [D] extends [-1]
    ? Seen extends true
      ? true
      : TwoUnknown<Rest, true>
    : TwoUnknown<Rest, Seen>
  : false;

/** The shape of `expandDims`: a 1 becomes axis Axis of the result. @example ExpandDims<[2, 3], -1> // [2, 3, 1] */
export type ExpandDims<S extends Shape, Axis extends number> =
  Rankless<S> extends true ? Shape : Insert<S, 1, FrontAxis<[...S, 1], Axis>>;

/** Why Axis is none of the result's axes, or undefined. @example "expandDims: shape [2, 3, 1] has no axis 3" */
export type ExpandDimsProblem<S extends Shape, Axis extends number> =
  Rankless<S> extends true ? undefined : AxisProblem<"expandDims", [...S, 1], Axis>;

/**
 * The shape of `squeeze`: without Axis every dimension of 1 goes, and the rank is known only if all dimensions are.
 *
 * @example Squeeze<[2, 1, 3]> // [2, 3]
 * @example Squeeze<[1, null, 1], 0> // [null, 1]
 */
export type Squeeze<S extends Shape, Axis extends number | readonly number[] | undefined = undefined> =
  Rankless<S> extends true
    ? Shape
    : [Axis] extends [undefined]
      ? SqueezeOnes<S>
      : [Axis] extends [number]
        ? Without<S, FrontAxis<S, Axis>>
        : [Axis] extends [readonly number[]]
          ? Axis extends readonly []
            ? [...S]
            : Without<S, FrontAxis<S, Axis[number]>>
          : Shape;

type SqueezeOnes<S extends Shape, Out extends Shape = []> = S extends readonly [
  infer D extends Dim,
  ...infer Rest extends Shape,
]
  ? [D] extends [1]
    ? SqueezeOnes<Rest, Out>
    : [1] extends [D]
      ? Shape
      : [null] extends [D]
        ? Shape
        : SqueezeOnes<Rest, [...Out, D]>
  : Out;

/** Why Axis cannot go, or undefined. @example "squeeze: axis 1 of [2, 3] is 3, not 1" */
export type SqueezeProblem<S extends Shape, Axis extends number | readonly number[] | undefined> =
  Rankless<S> extends true
    ? undefined
    : AxisProblem<"squeeze", S, Axis> extends infer Problem extends string
      ? Problem
      : Wide<S, Axis extends number ? [Axis] : Axis> extends infer At extends number
        ? [At] extends [never]
          ? undefined
          : `squeeze: axis ${At} of ${ShapeText<S>} is ${DimText<DimAt<S, At>>}, not 1`
        : undefined;

/** The first of the axes that is not 1, or never. */
type Wide<S extends Shape, Axes> = Axes extends readonly [infer First extends number, ...infer Rest]
  ? Agree<DimAt<S, First>, 1> extends true
    ? Wide<S, Rest>
    : First
  : never;

/** How much goes before and after each axis. */
export type Paddings = readonly (readonly [number, number])[];

/**
 * The shape of `pad`: `number` where something is added.
 *
 * @example Pad<[8, 28, 28, 1], readonly [[0, 0], [2, 2], [2, 2], [0, 0]]> // [8, number, number, 1]
 */
export type Pad<S extends Shape, By extends Paddings = Paddings> =
  Rankless<S> extends true ? Shape : { -readonly [K in keyof S]: PadDim<S[K], K extends keyof By ? By[K] : unknown> };

type PadDim<D, By> = By extends readonly [0, 0] ? D : D extends null ? null : number;

/** The shape of `tile`: `number` where something is repeated. @example Tile<[2, 3, 1], readonly [1, 2, 4]> // [2, number, 4] */
export type Tile<S extends Shape, Multiples extends readonly number[] = readonly number[]> =
  Rankless<S> extends true
    ? Shape
    : { -readonly [K in keyof S]: TileDim<S[K], K extends keyof Multiples ? Multiples[K] : number> };

type TileDim<D, Multiple> = [Multiple] extends [1] ? D : [D] extends [1] ? Multiple : D extends null ? null : number;

/** The shape of `slice`: its sizes, where -1 is the rest of the axis. @example Slice<[8, 10], readonly [4, -1]> // [4, number] */
export type Slice<S extends Shape, Size extends readonly number[]> =
  Rankless<Size> extends true
    ? Rankless<S> extends true
      ? Shape
      : { -readonly [K in keyof S]: Dim }
    : { -readonly [K in keyof Size]: [Size[K]] extends [-1] ? (K extends keyof S ? Rest<S[K]> : Dim) : Size[K] };

type Rest<D> = D extends null ? null : number;

/** Why there are not as many of something as axes, or undefined. @example "tile: [2, 3] has 2 axes, multiples has 3" */
export type LengthProblem<Op extends string, S extends Shape, Name extends string, List extends readonly unknown[]> =
  Rankless<S> extends true
    ? undefined
    : number extends List["length"]
      ? undefined
      : List["length"] extends S["length"]
        ? undefined
        : `${Op}: ${ShapeText<S>} has ${S["length"]} axes, ${Name} has ${List["length"]}`;
