/** Matrix products and biases. */
import type { Shape } from "../shape.ts";
import type { Broadcast, BroadcastProblem } from "./broadcast.ts";
import type { Agree, Dim, DimText, LastDim, MergeDim, Rankless, ShapeText } from "./dim.ts";

type Matrix = readonly [...Shape, Dim, Dim];
type Batch<S extends Shape> = S extends readonly [...infer B extends Shape, Dim, Dim] ? B : Shape;
type Rows<S extends Shape> = S extends readonly [...Shape, infer R extends Dim, Dim] ? R : Dim;
type Columns<S extends Shape> = S extends readonly [...Shape, Dim, infer C extends Dim] ? C : Dim;

/** D, or E when transposed; when that is not known to the type checker, any dimension. */
type Pick<Transposed extends boolean, D extends Dim, E extends Dim> = [Transposed] extends [false]
  ? D
  : [Transposed] extends [true]
    ? E
    : D | E;

/**
 * The shape of `[...batch, n, k] x [...batch, k, m]`, where TA and TB say that the last two axes of A or B come
 * swapped, and the batch dimensions broadcast.
 *
 * @example MatMul<[8, 2, 3], [3, 4]> // [8, 2, 4]
 */
export type MatMul<
  A extends Shape,
  B extends Shape,
  TA extends boolean = false,
  TB extends boolean = false,
> = true extends Rankless<A> | Rankless<B>
  ? Shape
  : MatMulProblem<A, B, TA, TB> extends string
    ? Shape
    : [...Broadcast<Batch<A>, Batch<B>>, Pick<TA, Rows<A>, Columns<A>>, Pick<TB, Columns<B>, Rows<B>>];

/**
 * Why the matrices cannot be multiplied, or undefined.
 *
 * @example MatMulProblem<[2, 3], [4, 5]> // "matmul: inner dimensions of [2, 3] and [4, 5] differ: 3 and 4"
 */
export type MatMulProblem<
  A extends Shape,
  B extends Shape,
  TA extends boolean = false,
  TB extends boolean = false,
> = true extends Rankless<A> | Rankless<B>
  ? undefined
  : [A] extends [Matrix]
    ? [B] extends [Matrix]
      ? Agree<Pick<TA, Columns<A>, Rows<A>>, Pick<TB, Rows<B>, Columns<B>>> extends true
        ? BroadcastProblem<"matmul: batch", Batch<A>, Batch<B>>
        : `matmul: inner dimensions of ${MatrixText<A, TA>} and ${MatrixText<B, TB>} differ: ${DimText<Pick<TA, Columns<A>, Rows<A>>>} and ${DimText<Pick<TB, Rows<B>, Columns<B>>>}`
      : `matmul: shape ${ShapeText<B>} is not a matrix: it needs 2 dimensions or more`
    : `matmul: shape ${ShapeText<A>} is not a matrix: it needs 2 dimensions or more`;

type MatrixText<S extends Shape, Transposed extends boolean> = [Transposed] extends [true]
  ? `${ShapeText<S>} transposed`
  : ShapeText<S>;

/** The shape of `x + bias`, bias along the last axis. @example BiasAdd<[32, 5, 5, null], [64]> // [32, 5, 5, 64] */
export type BiasAdd<X extends Shape, Bias extends Shape> =
  Rankless<X> extends true
    ? Shape
    : X extends readonly [...infer Rest extends Shape, infer Channels extends Dim]
      ? BiasAddProblem<X, Bias> extends string
        ? Shape
        : [...Rest, MergeDim<Channels, LastDim<Bias>>]
      : Shape;

/**
 * Why the bias does not fit, or undefined.
 *
 * @example BiasAddProblem<[8, 10], [12]> // "biasAdd: the last dimension of [8, 10] is 10, the bias has 12"
 */
export type BiasAddProblem<X extends Shape, Bias extends Shape> = true extends Rankless<X> | Rankless<Bias>
  ? undefined
  : [Bias] extends [readonly [Dim]]
    ? X["length"] extends 0
      ? "biasAdd: a scalar has no channels to add a bias to"
      : Agree<LastDim<X>, LastDim<Bias>> extends true
        ? undefined
        : `biasAdd: the last dimension of ${ShapeText<X>} is ${DimText<LastDim<X>>}, the bias has ${DimText<LastDim<Bias>>}`
    : `biasAdd: a bias has 1 dimension, not ${ShapeText<Bias>}`;
