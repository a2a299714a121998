/** Broadcasting as in numpy: shapes are aligned at the right, and a dimension of 1 stretches to any other. */
import type { Shape } from "../shape.ts";
import type { Agree, Dim, MergeDim, Plain, Rankless, ShapeText } from "./dim.ts";

/**
 * The shape of an elementwise op of two inputs.
 *
 * A literal other than 1 decides: what it meets at run time is 1 or equal. `number` with `null` stays `number | null`,
 * because the number may be 1.
 *
 * @example Broadcast<[2, 1, 5], [null, 3, 1]> // [2, 3, 5]
 */
export type Broadcast<A extends Shape, B extends Shape> = [B] extends [readonly []]
  ? A
  : [A] extends [readonly []]
    ? B
    : true extends Rankless<A> | Rankless<B>
      ? Shape
      : Stretch<A, B>;

type Stretch<A extends Shape, B extends Shape, Out extends Shape = []> = A extends readonly [
  ...infer RestA extends Shape,
  infer X extends Dim,
]
  ? B extends readonly [...infer RestB extends Shape, infer Y extends Dim]
    ? StretchAgrees<X, Y> extends true
      ? Stretch<RestA, RestB, [StretchDim<X, Y>, ...Out]>
      : Shape
    : [...A, ...Out]
  : [...B, ...Out];

type StretchAgrees<X extends Dim, Y extends Dim> = [1] extends [X] ? true : [1] extends [Y] ? true : Agree<X, Y>;

// Distributive: a dimension that is a union gives the union of what each of its members gives.
type StretchDim<X extends Dim, Y extends Dim> = X extends 1
  ? Y
  : Y extends 1
    ? X
    : X extends null
      ? Unless1<Y>
      : Y extends null
        ? Unless1<X>
        : number extends X
          ? Y
          : number extends Y
            ? X
            : X & Y;

/** What D becomes when it meets `null`: itself if it cannot be 1. */
type Unless1<D extends Dim> = D extends null ? null : number extends D ? number | null : D;

/**
 * Why A and B do not broadcast, or undefined.
 *
 * @example BroadcastProblem<"add", [2, 3], [2, 4]> // "add: shapes [2, 3] and [2, 4] do not broadcast"
 */
export type BroadcastProblem<Op extends string, A extends Shape, B extends Shape> = true extends
  | Rankless<A>
  | Rankless<B>
  ? undefined
  : Stretches<A, B> extends true
    ? undefined
    : `${Op}: shapes ${ShapeText<A>} and ${ShapeText<B>} do not broadcast`;

type Stretches<A extends Shape, B extends Shape> = A extends readonly [
  ...infer RestA extends Shape,
  infer X extends Dim,
]
  ? B extends readonly [...infer RestB extends Shape, infer Y extends Dim]
    ? StretchAgrees<X, Y> extends true
      ? Stretches<RestA, RestB>
      : false
    : true
  : true;

/**
 * The shape of `broadcastTo`: To. Only the problem looks at S.
 *
 * @example BroadcastTo<[3], readonly [2, 3]> // [2, 3]
 */
export type BroadcastTo<_S extends Shape, To extends Shape> = Plain<To>;

/**
 * Why S does not stretch to To, or undefined: To may be longer, and S may not stretch it.
 *
 * @example BroadcastToProblem<[2], [3]> // "broadcastTo: shape [2] does not stretch to [3]"
 */
export type BroadcastToProblem<S extends Shape, To extends Shape> = true extends Rankless<S> | Rankless<To>
  ? undefined
  : StretchesTo<S, To> extends true
    ? undefined
    : `broadcastTo: shape ${ShapeText<S>} does not stretch to ${ShapeText<To>}`;

type StretchesTo<S extends Shape, To extends Shape> = S extends readonly [
  ...infer RestS extends Shape,
  infer X extends Dim,
]
  ? To extends readonly [...infer RestTo extends Shape, infer Y extends Dim]
    ? ([1] extends [X] ? true : Agree<X, Y>) extends true
      ? StretchesTo<RestS, RestTo>
      : false
    : false
  : true;

/**
 * The shape of things that must have equal shapes (`addN`, `assign`, both sides of a loss), as far as either knows it.
 *
 * @example Merge<[null, 10], [32, number]> // [32, 10]
 */
export type Merge<A extends Shape, B extends Shape> =
  Rankless<A> extends true ? B : Rankless<B> extends true ? A : MergeDims<A, B>;

type MergeDims<A extends Shape, B extends Shape, Out extends Shape = []> = A extends readonly [
  infer X extends Dim,
  ...infer RestA extends Shape,
]
  ? B extends readonly [infer Y extends Dim, ...infer RestB extends Shape]
    ? Agree<X, Y> extends true
      ? MergeDims<RestA, RestB, [...Out, MergeDim<X, Y>]>
      : Shape
    : Shape
  : B extends readonly []
    ? Out
    : Shape;

/** True unless the shapes are known to differ. `Same<[null, 3], [2, 3]>` is true, `Same<[3], [1, 3]>` false. */
export type Same<A extends Shape, B extends Shape> = true extends Rankless<A> | Rankless<B> ? true : SameDims<A, B>;

type SameDims<A extends Shape, B extends Shape> = A extends readonly [infer X extends Dim, ...infer RestA extends Shape]
  ? B extends readonly [infer Y extends Dim, ...infer RestB extends Shape]
    ? Agree<X, Y> extends true
      ? SameDims<RestA, RestB>
      : false
    : false
  : B extends readonly []
    ? true
    : false;

/** Why A and B are not one shape, or undefined. @example "assign: shapes [2, 3] and [3, 2] differ" */
export type MergeProblem<Op extends string, A extends Shape, B extends Shape> = true extends Rankless<A> | Rankless<B>
  ? undefined
  : SameDims<A, B> extends true
    ? undefined
    : `${Op}: shapes ${ShapeText<A>} and ${ShapeText<B>} differ`;
