/**
 * Arithmetic methods of tensors: `x.matmul(w).add(b)`. Each is the op function of that name with the tensor as its first
 * argument. They are typed by `this` and not by the class's own parameters, so that a `Tensor<[2, 3]>` still is a `Tensor`.
 *
 * This module is imported for its effect.
 */
import type { DType } from "../core/dtype.ts";
import type {
  ArgReduce,
  AxisArgument,
  AxisProblem,
  Broadcast,
  BroadcastProblem,
  Checked,
  MatMul,
  MatMulProblem,
  Reduce,
  Reshape,
  ReshapeProblem,
  Transpose,
  TransposeProblem,
} from "../core/shape-types.ts";
import type { Shape } from "../core/shape.ts";
import { Tensor } from "../graph/tensor.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { argMax } from "./arg-max.ts";
import type { ArgReduceOptions } from "./shared/arg-reduction.ts";
import { cast } from "./cast.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { div } from "./div.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { greater } from "./greater.ts";
import { greaterEqual } from "./greater-equal.ts";
import { less } from "./less.ts";
import { lessEqual } from "./less-equal.ts";
import { log } from "./log.ts";
import { matmul, type MatMulOptions } from "./mat-mul.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { notEqual } from "./not-equal.ts";
import { pow } from "./pow.ts";
import { reduceMax } from "./reduce-max.ts";
import { reduceMean } from "./reduce-mean.ts";
import { reduceMin } from "./reduce-min.ts";
import { reduceSum } from "./reduce-sum.ts";
import type { ReduceOptions } from "./shared/reduction.ts";
import { relu } from "./relu.ts";
import { reshape } from "./reshape.ts";
import { sigmoid } from "./sigmoid.ts";
import { sqrt } from "./sqrt.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";
import type { DTypeOf, ShapeOf, TensorLike } from "./shared/to-tensor.ts";
import { transpose } from "./transpose.ts";

declare module "../graph/tensor.ts" {
  interface Tensor<S extends Shape = Shape, D extends DType = DType> {
    /** this + b; see `tf.add`. */
    add<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"add", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, DTypeOf<This>>;
    /** this - b; see `tf.sub`. */
    sub<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"sub", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, DTypeOf<This>>;
    /** this * b, element by element; see `tf.mul`. */
    mul<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"mul", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, DTypeOf<This>>;
    /** this / b; see `tf.div`. */
    div<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"div", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "float32">;
    /** this to the power of b; see `tf.pow`. */
    pow<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"pow", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "float32">;
    /** this == b; see `tf.equal`. */
    equal<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"equal", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** this != b; see `tf.notEqual`. */
    notEqual<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"notEqual", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** this < b; see `tf.less`. */
    less<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"less", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** this <= b; see `tf.lessEqual`. */
    lessEqual<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"lessEqual", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** this > b; see `tf.greater`. */
    greater<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"greater", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** this >= b; see `tf.greaterEqual`. */
    greaterEqual<This extends Tensor, const B extends TensorLike>(
      this: This,
      b: Checked<B, BroadcastProblem<"greaterEqual", ShapeOf<This>, ShapeOf<B>>>,
      options?: OpOptions,
    ): Tensor<Broadcast<ShapeOf<This>, ShapeOf<B>>, "bool">;
    /** See `tf.neg`. */
    neg<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, DTypeOf<This>>;
    /** See `tf.abs`. */
    abs<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, DTypeOf<This>>;
    /** See `tf.square`. */
    square<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, DTypeOf<This>>;
    /** See `tf.exp`. */
    exp<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** See `tf.log`. */
    log<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** See `tf.sqrt`. */
    sqrt<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** See `tf.relu`. */
    relu<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** See `tf.sigmoid`. */
    sigmoid<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** See `tf.tanh`. */
    tanh<This extends Tensor>(this: This, options?: OpOptions): Tensor<ShapeOf<This>, "float32">;
    /** This as another dtype; see `tf.cast`. */
    cast<This extends Tensor, To extends DType>(this: This, dtype: To, options?: OpOptions): Tensor<ShapeOf<This>, To>;
    /** Matrix product; see `tf.matmul`. */
    matmul<
      This extends Tensor,
      const B extends TensorLike,
      const TA extends boolean = false,
      const TB extends boolean = false,
    >(
      this: This,
      b: Checked<B, MatMulProblem<ShapeOf<This>, ShapeOf<B>, TA, TB>>,
      options?: MatMulOptions<TA, TB>,
    ): Tensor<MatMul<ShapeOf<This>, ShapeOf<B>, TA, TB>, "float32">;
    /** The same elements in another shape, -1 for what is left over; see `tf.reshape`. */
    reshape<This extends Tensor, const To extends readonly number[]>(
      this: This,
      shape: Checked<To, ReshapeProblem<To>>,
      options?: OpOptions,
    ): Tensor<Reshape<ShapeOf<This>, To>, DTypeOf<This>>;
    /** Axes in another order, reversed by default; see `tf.transpose`. */
    transpose<This extends Tensor, const Perm extends readonly number[] | undefined = undefined>(
      this: This,
      perm?: Checked<Perm, TransposeProblem<ShapeOf<This>, Perm>>,
      options?: OpOptions,
    ): Tensor<Transpose<ShapeOf<This>, Perm>, DTypeOf<This>>;
    /** See `tf.reduceSum`. */
    sum<This extends Tensor, const Axis extends AxisArgument = undefined, KeepDims extends boolean = false>(
      this: This,
      options?: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceSum", ShapeOf<This>, Axis>>,
    ): Tensor<Reduce<ShapeOf<This>, Axis, KeepDims>, DTypeOf<This>>;
    /** See `tf.reduceMean`. */
    mean<This extends Tensor, const Axis extends AxisArgument = undefined, KeepDims extends boolean = false>(
      this: This,
      options?: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceMean", ShapeOf<This>, Axis>>,
    ): Tensor<Reduce<ShapeOf<This>, Axis, KeepDims>, "float32">;
    /** See `tf.reduceMax`. */
    max<This extends Tensor, const Axis extends AxisArgument = undefined, KeepDims extends boolean = false>(
      this: This,
      options?: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceMax", ShapeOf<This>, Axis>>,
    ): Tensor<Reduce<ShapeOf<This>, Axis, KeepDims>, DTypeOf<This>>;
    /** See `tf.reduceMin`. */
    min<This extends Tensor, const Axis extends AxisArgument = undefined, KeepDims extends boolean = false>(
      this: This,
      options?: ReduceOptions<Axis, KeepDims, AxisProblem<"reduceMin", ShapeOf<This>, Axis>>,
    ): Tensor<Reduce<ShapeOf<This>, Axis, KeepDims>, DTypeOf<This>>;
    /** See `tf.argMax`. */
    argMax<This extends Tensor, Axis extends number = 0>(
      this: This,
      options?: ArgReduceOptions<Axis, AxisProblem<"argMax", ShapeOf<This>, Axis>>,
    ): Tensor<ArgReduce<ShapeOf<This>, Axis>, "int32">;
  }
}

/** The op function of each method. */
const methods = {
  abs,
  add,
  argMax,
  cast,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  matmul,
  mul,
  neg,
  notEqual,
  pow,
  max: reduceMax,
  mean: reduceMean,
  min: reduceMin,
  sum: reduceSum,
  relu,
  reshape,
  sigmoid,
  sqrt,
  square,
  sub,
  tanh,
  transpose,
};

for (const [name, op] of Object.entries(methods) as [string, (x: Tensor, ...rest: never[]) => Tensor][]) {
  Object.defineProperty(Tensor.prototype, name, {
    value(this: Tensor, ...rest: never[]): Tensor {
      return op(this, ...rest);
    },
    configurable: true,
    writable: true,
  });
}
