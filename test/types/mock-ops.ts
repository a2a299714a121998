/** A tensor and a dozen ops with the signatures that ops have, to test shape types without the library. */
import type * as S from "../../src/core/shape-types.ts";
import type { DType } from "../../src/core/dtype.ts";
import type { NestedArray } from "../../src/core/ndarray.ts";
import type { Shape } from "../../src/core/shape.ts";

export declare class Tensor<out Dims extends Shape = Shape, out D extends DType = DType> {
  readonly shape: Dims;
  readonly dtype: D;
}

export type TensorLike = Tensor | NestedArray;
export type ShapeOf<X> = X extends Tensor<infer Dims, DType> ? Dims : S.ShapeOfNested<X>;
export type DTypeOf<X> = X extends { readonly dtype: infer D extends DType } ? D : "float32";
export type ShapesOf<Xs extends readonly TensorLike[]> = { -readonly [K in keyof Xs]: ShapeOf<Xs[K]> };

export declare function tensor<const Dims extends Shape>(shape: Dims): Tensor<S.Plain<Dims>, "float32">;

export declare function relu<X extends TensorLike>(x: X): Tensor<ShapeOf<X>, DTypeOf<X>>;

export declare function add<A extends TensorLike, B extends TensorLike>(
  a: A,
  b: S.Checked<B, S.BroadcastProblem<"add", ShapeOf<A>, ShapeOf<B>>>,
): Tensor<S.Broadcast<ShapeOf<A>, ShapeOf<B>>, DTypeOf<A>>;

export declare function matmul<
  A extends TensorLike,
  B extends TensorLike,
  TA extends boolean = false,
  TB extends boolean = false,
>(
  a: A,
  b: S.Checked<B, S.MatMulProblem<ShapeOf<A>, ShapeOf<B>, TA, TB>>,
  options?: { transposeA?: TA; transposeB?: TB },
): Tensor<S.MatMul<ShapeOf<A>, ShapeOf<B>, TA, TB>, DTypeOf<A>>;

export declare function conv2d<X extends TensorLike, F extends TensorLike, Groups extends number = 1>(
  images: X,
  filter: S.Checked<F, S.Conv2DProblem<ShapeOf<X>, ShapeOf<F>, Groups>>,
  options: { strides: number | readonly number[]; padding: "SAME" | "VALID"; groups?: Groups },
): Tensor<S.Conv2D<ShapeOf<X>, ShapeOf<F>>, DTypeOf<X>>;

export declare function maxPool<X extends TensorLike>(
  images: S.Checked<X, S.ImagesProblem<"maxPool", ShapeOf<X>>>,
  options: { size: number; padding: "SAME" | "VALID" },
): Tensor<S.Pool<ShapeOf<X>>, DTypeOf<X>>;

export declare function biasAdd<X extends TensorLike, B extends TensorLike>(
  x: X,
  bias: S.Checked<B, S.BiasAddProblem<ShapeOf<X>, ShapeOf<B>>>,
): Tensor<S.BiasAdd<ShapeOf<X>, ShapeOf<B>>, DTypeOf<X>>;

export declare function reduceSum<
  X extends TensorLike,
  const Axis extends S.AxisArgument = undefined,
  KeepDims extends boolean = false,
>(
  x: X,
  options?: { axis?: S.Checked<Axis, S.AxisProblem<"reduceSum", ShapeOf<X>, Axis>>; keepDims?: KeepDims },
): Tensor<S.Reduce<ShapeOf<X>, Axis, KeepDims>, DTypeOf<X>>;

export declare function reshape<X extends TensorLike, const To extends readonly number[]>(
  x: X,
  shape: S.Checked<To, S.ReshapeProblem<To>>,
): Tensor<S.Reshape<ShapeOf<X>, To>, DTypeOf<X>>;

export declare function transpose<X extends TensorLike, const Perm extends readonly number[] | undefined = undefined>(
  x: X,
  perm?: S.Checked<Perm, S.TransposeProblem<ShapeOf<X>, Perm>>,
): Tensor<S.Transpose<ShapeOf<X>, Perm>, DTypeOf<X>>;

export declare function concat<const Xs extends readonly TensorLike[], const Axis extends number>(
  values: S.Checked<Xs, S.ConcatProblem<ShapesOf<Xs>, Axis>>,
  axis: Axis,
): Tensor<S.Concat<ShapesOf<Xs>, Axis>, "float32">;

export declare function sparseSoftmaxCrossEntropy<L extends TensorLike, X extends TensorLike>(args: {
  labels: L;
  logits: S.Checked<X, S.SparseSoftmaxCrossEntropyProblem<ShapeOf<L>, ShapeOf<X>>>;
}): Tensor<S.SparseSoftmaxCrossEntropy<ShapeOf<L>, ShapeOf<X>>, DTypeOf<X>>;

/** The ops that calls.ts does not call: here it counts that the result is a shape for any TensorLike. */
export interface OtherOps {
  broadcastTo<X extends TensorLike, const To extends Shape>(
    x: X,
    to: S.Checked<To, S.BroadcastToProblem<ShapeOf<X>, To>>,
  ): Tensor<S.BroadcastTo<ShapeOf<X>, To>>;
  assign<A extends TensorLike, B extends TensorLike>(
    variable: A,
    value: S.Checked<B, S.MergeProblem<"assign", ShapeOf<A>, ShapeOf<B>>>,
  ): Tensor<S.Merge<ShapeOf<A>, ShapeOf<B>>>;
  depthwiseConv2d<X extends TensorLike, F extends TensorLike>(
    images: X,
    filter: S.Checked<F, S.DepthwiseConv2DProblem<ShapeOf<X>, ShapeOf<F>>>,
  ): Tensor<S.DepthwiseConv2D<ShapeOf<X>, ShapeOf<F>>>;
  conv2dTranspose<X extends TensorLike, F extends TensorLike>(
    images: X,
    filter: S.Checked<F, S.Conv2DTransposeProblem<ShapeOf<X>, ShapeOf<F>>>,
  ): Tensor<S.Conv2DTranspose<ShapeOf<X>, ShapeOf<F>>>;
  argMax<X extends TensorLike, Axis extends number = 0>(
    x: X,
    axis?: S.Checked<Axis, S.AxisProblem<"argMax", ShapeOf<X>, Axis>>,
  ): Tensor<S.ArgReduce<ShapeOf<X>, Axis>, "int32">;
  topK<X extends TensorLike, K extends number>(
    x: S.Checked<X, S.TopKProblem<ShapeOf<X>>>,
    k: K,
  ): { values: Tensor<S.TopK<ShapeOf<X>, K>>; indices: Tensor<S.TopK<ShapeOf<X>, K>, "int32"> };
  expandDims<X extends TensorLike, Axis extends number>(
    x: X,
    axis: S.Checked<Axis, S.ExpandDimsProblem<ShapeOf<X>, Axis>>,
  ): Tensor<S.ExpandDims<ShapeOf<X>, Axis>>;
  squeeze<X extends TensorLike, const Axis extends S.AxisArgument = undefined>(
    x: X,
    options?: { axis?: S.Checked<Axis, S.SqueezeProblem<ShapeOf<X>, Axis>> },
  ): Tensor<S.Squeeze<ShapeOf<X>, Axis>>;
  pad<X extends TensorLike, const By extends S.Paddings>(
    x: X,
    by: S.Checked<By, S.LengthProblem<"pad", ShapeOf<X>, "paddings", By>>,
  ): Tensor<S.Pad<ShapeOf<X>, By>>;
  tile<X extends TensorLike, const By extends readonly number[]>(
    x: X,
    by: S.Checked<By, S.LengthProblem<"tile", ShapeOf<X>, "multiples", By>>,
  ): Tensor<S.Tile<ShapeOf<X>, By>>;
  slice<X extends TensorLike, const Size extends readonly number[]>(
    x: X,
    begin: readonly number[],
    size: S.Checked<Size, S.LengthProblem<"slice", ShapeOf<X>, "size", Size>>,
  ): Tensor<S.Slice<ShapeOf<X>, Size>>;
  stack<const Xs extends readonly TensorLike[], Axis extends number = 0>(
    values: S.Checked<Xs, S.StackProblem<ShapesOf<Xs>, Axis>>,
    axis?: Axis,
  ): Tensor<S.Stack<ShapesOf<Xs>, Axis>>;
  unstack<X extends TensorLike, Axis extends number = 0>(
    x: X,
    axis?: S.Checked<Axis, S.AxisProblem<"unstack", ShapeOf<X>, Axis>>,
  ): Tensor<S.Unstack<ShapeOf<X>, Axis>>[];
  split<X extends TensorLike, Axis extends number = 0>(
    x: X,
    parts: number,
    axis?: S.Checked<Axis, S.AxisProblem<"split", ShapeOf<X>, Axis>>,
  ): Tensor<S.Split<ShapeOf<X>, Axis>>[];
  gather<X extends TensorLike, I extends TensorLike, Axis extends number = 0>(
    params: X,
    indices: I,
    axis?: S.Checked<Axis, S.AxisProblem<"gather", ShapeOf<X>, Axis>>,
  ): Tensor<S.Gather<ShapeOf<X>, ShapeOf<I>, Axis>>;
  oneHot<I extends TensorLike, Depth extends number, Axis extends number = -1>(
    indices: I,
    depth: Depth,
    axis?: Axis,
  ): Tensor<S.OneHot<ShapeOf<I>, Depth, Axis>>;
  softmaxCrossEntropy<L extends TensorLike, X extends TensorLike>(args: {
    labels: L;
    logits: S.Checked<X, S.SoftmaxCrossEntropyProblem<ShapeOf<L>, ShapeOf<X>>>;
  }): Tensor<S.SoftmaxCrossEntropy<ShapeOf<L>, ShapeOf<X>>>;
}
