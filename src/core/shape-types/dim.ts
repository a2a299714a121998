/**
 * Dimensions in types, and how a shape that cannot be right becomes a compile error.
 *
 * A dimension is a literal (`5`), `number` (known when the graph is built, not to the type checker), `null` (known
 * when it runs) or a union of these. Nothing here does arithmetic on types: dimensions are compared or copied, and
 * what would have to be computed becomes `number`. A shape of unknown rank (`Shape`, `number[]`) is accepted
 * everywhere and gives `Shape`.
 *
 * Every op has up to two types: a result, `MatMul<A, B>`, which is `Shape` where the arguments are wrong so that one
 * mistake is reported once; and a `MatMulProblem<A, B>`, which is `undefined` or the text of the error.
 */
import type { Shape } from "../shape.ts";

/** One dimension of a shape. */
export type Dim = Shape[number];

/**
 * `Value`, unless there is a problem: then the text of the problem, which no value has, so the compiler prints it.
 *
 * The problem is in the branch taken on `string` on purpose. In a generic function the shapes are still open, and
 * TypeScript then compares the argument only with `Value`, since a problem read with `any` for each open type is
 * `undefined`: the function compiles, and its callers get precise shapes.
 *
 * @example
 * declare function add<A extends TensorLike, B extends TensorLike>(
 *   a: A, b: Checked<B, BroadcastProblem<"add", ShapeOf<A>, ShapeOf<B>>>): ...
 */
export type Checked<Value, Problem> = [Problem] extends [string] ? Problem : Value;

/** No shape has this type, but `any` (also the one TypeScript tries for an open type parameter) passes for it. */
type Untyped = readonly [symbol];

/** True when the type checker does not know the rank of S. `Rankless<[2, null]>` is false, `Rankless<number[]>` true. */
export type Rankless<S extends Shape> = [S] extends [Untyped] ? true : number extends S["length"] ? true : false;

/** The shape as a plain tuple, as editors show it best. `Plain<readonly [2, 3]>` is `[2, 3]`, `Plain<number[]>` is `Shape`. */
export type Plain<S extends Shape> = Rankless<S> extends true ? Shape : [...S];

/** Tells the type checker that a shape it cannot see through yet is a shape. `AsShape<[2]>` is `[2]`. */
export type AsShape<S> = S extends Shape ? S : Shape;

/** False only for two literals that differ. `Agree<5, null>` is true, `Agree<5, 6>` false. */
export type Agree<X extends Dim, Y extends Dim> = [null] extends [X]
  ? true
  : [null] extends [Y]
    ? true
    : [X & Y] extends [never]
      ? false
      : true;

/** What is known of a dimension described twice. `MergeDim<5, null>` is 5, `MergeDim<number, null>` is number. */
export type MergeDim<X extends Dim, Y extends Dim> = [X] extends [null]
  ? Y
  : [Y] extends [null]
    ? X
    : [number] extends [X]
      ? NotNull<Y>
      : X;

/** `NotNull<number | null>` is number. */
type NotNull<D extends Dim> = D extends null ? never : D;

/** A dimension computed from D: `Computed<224>` is number; `Computed<null>` is null. */
export type Computed<D extends Dim> = D extends null ? null : number;

/** True when S has the rank of the tuple Like or its rank is unknown. `HasRank<[2, 3], [Dim, Dim]>` is true. */
export type HasRank<S extends Shape, Like extends Shape> =
  Rankless<S> extends true ? true : S["length"] extends Like["length"] ? true : false;

/** The last dimension; `Dim` when the rank is unknown. `LastDim<[2, 3]>` is 3; of a scalar it is never. */
export type LastDim<S extends Shape> =
  Rankless<S> extends true ? Dim : S extends readonly [...Shape, infer Last extends Dim] ? Last : never;

/** All dimensions but the last. `DropLast<[2, 3]>` is `[2]`. */
export type DropLast<S extends Shape> = S extends readonly [...infer Rest extends Shape, Dim] ? Rest : Shape;

/** The shape as an error prints it. `ShapeText<[2, null, number]>` is "[2, ?, number]". */
export type ShapeText<S extends Shape> =
  Rankless<S> extends true ? "[...]" : S extends readonly [] ? "[]" : `[${Dims<S>}]`;

type Dims<S extends Shape, Text extends string = ""> = S extends readonly [
  infer D extends Dim,
  ...infer Rest extends Shape,
]
  ? Dims<Rest, Text extends "" ? DimText<D> : `${Text}, ${DimText<D>}`>
  : Text;

/** `DimText<5>` is "5", `DimText<number>` "number", `DimText<null>` "?". */
export type DimText<D extends Dim> = D extends null ? "?" : number extends D ? "number" : `${D}`;
