/** What every shape function gives: literal, number, null and unknown rank. */
import type * as S from "../../src/core/shape-types.ts";
import type { Shape } from "../../src/core/shape.ts";
import type { Equal, Expect } from "./expect.ts";

type Some = number | null;

export type Dims = [
  Expect<Equal<S.Plain<readonly [2, null]>, [2, null]>>,
  Expect<Equal<S.Plain<number[]>, Shape>>,
  Expect<Equal<S.LastDim<[2, 3]>, 3>>,
  Expect<Equal<S.LastDim<Shape>, Some>>,
  Expect<Equal<S.LastDim<[]>, never>>,
  Expect<Equal<S.DropLast<readonly [2, 3]>, [2]>>,
  Expect<Equal<S.DropLast<Shape>, Shape>>,
  Expect<Equal<S.ShapeText<readonly [2, null, number]>, "[2, ?, number]">>,
  Expect<Equal<S.ShapeText<[]>, "[]">>,
  Expect<Equal<S.MergeDim<5, null>, 5>>,
  Expect<Equal<S.MergeDim<number, null>, number>>,
  Expect<Equal<S.MergeDim<Some, 5>, 5>>,
  Expect<Equal<S.MergeDim<null, null>, null>>,
];

export type Broadcasts = [
  Expect<Equal<S.Broadcast<[2, 3], [2, 3]>, [2, 3]>>,
  Expect<Equal<S.Broadcast<[2, 3], []>, [2, 3]>>,
  Expect<Equal<S.Broadcast<[], [2, 3]>, [2, 3]>>,
  Expect<Equal<S.Broadcast<[2, 1, 5], [3, 1]>, [2, 3, 5]>>,
  Expect<Equal<S.Broadcast<[3], readonly [4, 2, 3]>, [4, 2, 3]>>,
  // A literal other than 1 decides; against 1 the unknown stays.
  Expect<Equal<S.Broadcast<[null, number], [5, 5]>, [5, 5]>>,
  Expect<Equal<S.Broadcast<[null, number], [1, 1]>, [null, number]>>,
  Expect<Equal<S.Broadcast<[null], [null]>, [null]>>,
  Expect<Equal<S.Broadcast<[number], [number]>, [number]>>,
  // The number may be 1, and then the result is as unknown as the null.
  Expect<Equal<S.Broadcast<[number], [null]>, [Some]>>,
  Expect<Equal<S.Broadcast<[Some], [7]>, [7]>>,
  Expect<Equal<S.Broadcast<[1 | 7], [7]>, [7]>>,
  Expect<Equal<S.Broadcast<Shape, [7]>, Shape>>,
  Expect<Equal<S.Broadcast<number[], [7]>, Shape>>,
  Expect<Equal<S.Broadcast<[2], [3]>, Shape>>,
  Expect<Equal<S.BroadcastProblem<"add", [2, 3], [2, 4]>, "add: shapes [2, 3] and [2, 4] do not broadcast">>,
  Expect<Equal<S.BroadcastProblem<"add", [2, 3], [3]>, undefined>>,
  Expect<Equal<S.BroadcastProblem<"add", [2, 3], [null, number]>, undefined>>,
  Expect<Equal<S.BroadcastProblem<"add", [2, 3], Shape>, undefined>>,
  Expect<Equal<S.BroadcastTo<[3], readonly [2, 3]>, [2, 3]>>,
  Expect<Equal<S.BroadcastToProblem<[1, 3], [2, 3]>, undefined>>,
  Expect<Equal<S.BroadcastToProblem<[2], [1]>, "broadcastTo: shape [2] does not stretch to [1]">>,
  Expect<Equal<S.BroadcastToProblem<[1, 2], [2]>, "broadcastTo: shape [1, 2] does not stretch to [2]">>,
  Expect<Equal<S.Merge<[null, 10], [32, number]>, [32, 10]>>,
  Expect<Equal<S.Merge<Shape, [32]>, [32]>>,
  Expect<Equal<S.Merge<[1], [3]>, Shape>>,
  Expect<Equal<S.MergeProblem<"assign", [1], [3]>, "assign: shapes [1] and [3] differ">>,
  Expect<Equal<S.MergeProblem<"assign", [1], [null]>, undefined>>,
];

export type Products = [
  Expect<Equal<S.MatMul<[2, 3], [3, 4]>, [2, 4]>>,
  Expect<Equal<S.MatMul<[3, 2], [3, 4], true>, [2, 4]>>,
  Expect<Equal<S.MatMul<[2, 3], [4, 3], false, true>, [2, 4]>>,
  Expect<Equal<S.MatMul<[3, 2], [4, 3], true, true>, [2, 4]>>,
  Expect<Equal<S.MatMul<[8, 1, 2, 3], [5, 3, 4]>, [8, 5, 2, 4]>>,
  Expect<Equal<S.MatMul<[null, 784], [784, 10]>, [null, 10]>>,
  Expect<Equal<S.MatMul<[number, number], [784, 10]>, [number, 10]>>,
  Expect<Equal<S.MatMul<Shape, [784, 10]>, Shape>>,
  Expect<Equal<S.MatMul<[2, 3], [4, 5]>, Shape>>,
  Expect<Equal<S.MatMul<[2, 3], [3, 4], boolean>, [2 | 3, 4]>>,
  Expect<Equal<S.MatMulProblem<[2, 3], [3, 4]>, undefined>>,
  Expect<Equal<S.MatMulProblem<[2, 3], [4, 5]>, "matmul: inner dimensions of [2, 3] and [4, 5] differ: 3 and 4">>,
  Expect<
    Equal<
      S.MatMulProblem<[2, 3], [3, 4], true>,
      "matmul: inner dimensions of [2, 3] transposed and [3, 4] differ: 2 and 3"
    >
  >,
  Expect<Equal<S.MatMulProblem<[3], [3, 4]>, "matmul: shape [3] is not a matrix: it needs 2 dimensions or more">>,
  Expect<Equal<S.MatMulProblem<[5, 2, 3], [4, 3, 4]>, "matmul: batch: shapes [5] and [4] do not broadcast">>,
  Expect<Equal<S.BiasAdd<[32, 5, 5, null], [64]>, [32, 5, 5, 64]>>,
  Expect<Equal<S.BiasAdd<[32, 5, 5, 64], Shape>, [32, 5, 5, 64]>>,
  Expect<Equal<S.BiasAdd<Shape, [64]>, Shape>>,
  Expect<Equal<S.BiasAddProblem<[8, 10], [12]>, "biasAdd: the last dimension of [8, 10] is 10, the bias has 12">>,
  Expect<Equal<S.BiasAddProblem<[8, 10], [1, 10]>, "biasAdd: a bias has 1 dimension, not [1, 10]">>,
  Expect<Equal<S.BiasAddProblem<[8, 10], [number]>, undefined>>,
];

export type Convolutions = [
  Expect<Equal<S.Conv2D<[128, 224, 224, 3], [11, 11, 3, 96]>, [128, number, number, 96]>>,
  Expect<Equal<S.Conv2D<[null, null, 224, 3], [11, 11, 3, 96]>, [null, null, number, 96]>>,
  Expect<Equal<S.Conv2D<Shape, [11, 11, 3, 96]>, [Some, Some, Some, 96]>>,
  Expect<
    Equal<
      S.Conv2DProblem<[8, 27, 27, 96], [5, 5, 48, 256]>,
      "conv2d: images [8, 27, 27, 96] and filter [5, 5, 48, 256] disagree on channels: 96 and 48"
    >
  >,
  Expect<Equal<S.Conv2DProblem<[8, 27, 27, 96], [5, 5, 48, 256], 2>, undefined>>,
  Expect<Equal<S.Conv2DProblem<[8, 27, 27, 96], [5, 5, 48, 256], number>, undefined>>,
  Expect<Equal<S.Conv2DProblem<[8, 27, 27, 96], [5, 5, 96, 256]>, undefined>>,
  Expect<Equal<S.Conv2DProblem<[8, 27, 27, number], [5, 5, 96, 256]>, undefined>>,
  Expect<Equal<S.Conv2DProblem<Shape, [5, 5, 96, 256]>, undefined>>,
  Expect<
    Equal<
      S.Conv2DProblem<[8, 784], [5, 5, 96, 256]>,
      "conv2d: images are [batch, height, width, channels], not [8, 784]"
    >
  >,
  Expect<Equal<S.Conv2DProblem<[8, 27, 27, 96], [96, 256]>, "conv2d: a filter has 4 dimensions, not [96, 256]">>,
  Expect<Equal<S.DepthwiseConv2D<[8, 32, 32, 64], [3, 3, 64, 1]>, [8, number, number, 64]>>,
  Expect<Equal<S.DepthwiseConv2D<[8, 32, 32, 1], [3, 3, 1, 8]>, [8, number, number, 8]>>,
  Expect<Equal<S.DepthwiseConv2D<[8, 32, 32, 64], [3, 3, 64, 2]>, [8, number, number, number]>>,
  Expect<
    Equal<
      S.DepthwiseConv2DProblem<[8, 32, 32, 64], [3, 3, 32, 1]>,
      "depthwiseConv2d: images [8, 32, 32, 64] and filter [3, 3, 32, 1] disagree on channels: 64 and 32"
    >
  >,
  Expect<Equal<S.Conv2DTranspose<[8, 7, 7, 64], [5, 5, 32, 64]>, [8, number, number, 32]>>,
  Expect<
    Equal<
      S.Conv2DTransposeProblem<[8, 7, 7, 64], [5, 5, 64, 32]>,
      "conv2dTranspose: images [8, 7, 7, 64] and filter [5, 5, 64, 32] disagree on channels: 64 and 32"
    >
  >,
  Expect<Equal<S.Pool<[8, 224, 224, 64]>, [8, number, number, 64]>>,
  Expect<Equal<S.Pool<Shape>, [Some, Some, Some, Some]>>,
  Expect<
    Equal<S.ImagesProblem<"maxPool", [8, 784]>, "maxPool: images are [batch, height, width, channels], not [8, 784]">
  >,
];

export type Reductions = [
  Expect<Equal<S.Reduce<[2, 3, 4]>, []>>,
  Expect<Equal<S.Reduce<[2, 3, 4], undefined, true>, [1, 1, 1]>>,
  Expect<Equal<S.Reduce<[2, 3, 4], 1>, [2, 4]>>,
  Expect<Equal<S.Reduce<[2, 3, 4], -1>, [2, 3]>>,
  Expect<Equal<S.Reduce<[2, 3, 4], -1, true>, [2, 3, 1]>>,
  Expect<Equal<S.Reduce<[2, 3, 4], readonly [0, -1]>, [3]>>,
  Expect<Equal<S.Reduce<[2, null, 4], [0, 2], true>, [1, null, 1]>>,
  Expect<Equal<S.Reduce<[2, 3], []>, [2, 3]>>,
  Expect<Equal<S.Reduce<[2, 3], number>, [2 | 3]>>,
  Expect<Equal<S.Reduce<[2, 3], number[]>, Shape>>,
  Expect<Equal<S.Reduce<[2, 3], number[], true>, [1 | 2 | 3, 1 | 2 | 3]>>,
  Expect<Equal<S.Reduce<[2, 3], 1, boolean>, Shape>>,
  Expect<Equal<S.Reduce<[2, 3], 2>, Shape>>,
  Expect<Equal<S.Reduce<Shape, 2>, Shape>>,
  Expect<Equal<S.Reduce<Shape>, []>>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], 2>, "reduceSum: shape [2, 3] has no axis 2">>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], readonly [0, -3]>, "reduceSum: shape [2, 3] has no axis -3">>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], -2>, undefined>>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], undefined>, undefined>>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], number>, undefined>>,
  Expect<Equal<S.AxisProblem<"reduceSum", [2, 3], []>, undefined>>,
  Expect<Equal<S.AxisProblem<"reduceSum", Shape, 9>, undefined>>,
  // Beyond rank 6 axes are unknown, and the rank stays.
  Expect<Equal<S.AxisProblem<"reduceSum", [1, 1, 1, 1, 1, 1, 2], 9>, undefined>>,
  Expect<Equal<S.Reduce<[2, 2, 2, 2, 2, 2, 2], 9>, [2, 2, 2, 2, 2, 2]>>,
  Expect<Equal<S.ArgReduce<[8, 10], 1>, [8]>>,
  Expect<Equal<S.ArgReduce<[8, 10]>, [10]>>,
  Expect<Equal<S.TopK<[8, 1000], 5>, [8, 5]>>,
  Expect<Equal<S.TopK<Shape, 5>, Shape>>,
  Expect<Equal<S.TopKProblem<[]>, "topK: a scalar has no last axis">>,
];

export type Rearrangements = [
  Expect<Equal<S.Transpose<[2, 3, 4]>, [4, 3, 2]>>,
  Expect<Equal<S.Transpose<[32, 224, 200, 3], readonly [0, 3, 1, 2]>, [32, 3, 224, 200]>>,
  Expect<Equal<S.Transpose<[2, 3], number[]>, [2 | 3, 2 | 3]>>,
  Expect<Equal<S.Transpose<Shape, readonly [0, 1]>, Shape>>,
  Expect<
    Equal<S.TransposeProblem<[2, 3], readonly [0, 0]>, "transpose: perm [0, 0] is not an order of the axes of [2, 3]">
  >,
  Expect<Equal<S.TransposeProblem<[2, 3], [0]>, "transpose: perm [0] is not an order of the axes of [2, 3]">>,
  Expect<Equal<S.TransposeProblem<[2, 3], [0, 2]>, "transpose: perm [0, 2] is not an order of the axes of [2, 3]">>,
  Expect<Equal<S.TransposeProblem<[2, 3], [1, 0]>, undefined>>,
  Expect<Equal<S.TransposeProblem<[2, 3], undefined>, undefined>>,
  Expect<Equal<S.TransposeProblem<[2, 3], number[]>, undefined>>,
  Expect<Equal<S.Reshape<[32, 7, 7, 64], readonly [32, -1]>, [32, number]>>,
  Expect<Equal<S.Reshape<[null, 7, 7, 64], readonly [-1, 3136]>, [null, 3136]>>,
  Expect<Equal<S.Reshape<Shape, readonly [-1, 3136]>, [Some, 3136]>>,
  Expect<Equal<S.Reshape<[2, 3], []>, []>>,
  Expect<Equal<S.Reshape<[2, 3], number[]>, Shape>>,
  Expect<Equal<S.Reshape<[2, 3], [number, 3]>, [number, 3]>>,
  Expect<Equal<S.ReshapeProblem<readonly [-1, 2, -1]>, "reshape: [-1, 2, -1] has more than one -1">>,
  Expect<Equal<S.ReshapeProblem<readonly [-1, number]>, undefined>>,
  Expect<Equal<S.ExpandDims<[2, 3], 0>, [1, 2, 3]>>,
  Expect<Equal<S.ExpandDims<[2, 3], 2>, [2, 3, 1]>>,
  Expect<Equal<S.ExpandDims<[2, 3], -1>, [2, 3, 1]>>,
  Expect<Equal<S.ExpandDims<[2, 3], -2>, [2, 1, 3]>>,
  Expect<Equal<S.ExpandDims<[2, 3], 4>, Shape>>,
  Expect<Equal<S.ExpandDims<Shape, 0>, Shape>>,
  Expect<Equal<S.ExpandDimsProblem<[2], 2>, "expandDims: shape [2, 1] has no axis 2">>,
  Expect<Equal<S.Squeeze<[2, 1, 3]>, [2, 3]>>,
  Expect<Equal<S.Squeeze<[2, number]>, Shape>>,
  Expect<Equal<S.Squeeze<[2, null]>, Shape>>,
  Expect<Equal<S.Squeeze<[1, null, 1], 0>, [null, 1]>>,
  Expect<Equal<S.Squeeze<[1, null, 1], readonly [0, -1]>, [null]>>,
  Expect<Equal<S.SqueezeProblem<[2, 3], 1>, "squeeze: axis 1 of [2, 3] is 3, not 1">>,
  Expect<Equal<S.SqueezeProblem<[1, 3], readonly [0, -1]>, "squeeze: axis -1 of [1, 3] is 3, not 1">>,
  Expect<Equal<S.SqueezeProblem<[1, null, 1], readonly [0, 1, 2]>, undefined>>,
  Expect<Equal<S.AddN<[[null, 3], [2, null], [2, 3]]>, [2, 3]>>,
  Expect<Equal<S.SqueezeProblem<[2, 3], 2>, "squeeze: shape [2, 3] has no axis 2">>,
  Expect<Equal<S.SqueezeProblem<[2, null], 1>, undefined>>,
  Expect<Equal<S.Pad<[8, null, 28]>, [number, null, number]>>,
  Expect<Equal<S.Pad<[8, 28, null], readonly [[0, 0], [2, 2], [1, 1]]>, [8, number, null]>>,
  Expect<Equal<S.Tile<[2, 3, 1], readonly [1, 2, 4]>, [2, number, 4]>>,
  Expect<Equal<S.Tile<[2, 3]>, [number, number]>>,
  Expect<Equal<S.Slice<[8, 10], readonly [4, -1]>, [4, number]>>,
  Expect<Equal<S.Slice<[8, 10], number[]>, [Some, Some]>>,
  Expect<Equal<S.LengthProblem<"tile", [2, 3], "multiples", [1, 2, 3]>, "tile: [2, 3] has 2 axes, multiples has 3">>,
];

export type Joins = [
  Expect<Equal<S.Concat<[[8, 2, 3], [null, 5, 3]], 1>, [8, number, 3]>>,
  Expect<Equal<S.Concat<readonly [[8, 2], readonly [8, 2]], -1>, [8, number]>>,
  Expect<Equal<S.Concat<[[null, 3], [null, 3]], 0>, [null, 3]>>,
  Expect<Equal<S.Concat<[[null, 3], [2, 3]], 0>, [Some, 3]>>,
  Expect<Equal<S.Concat<[Shape, [2, 3]], 0>, [Some, 3]>>,
  Expect<Equal<S.Concat<[2, 3][], 0>, [number, 3]>>,
  Expect<Equal<S.Concat<Shape[], 0>, Shape>>,
  Expect<Equal<S.Concat<[[2, 3], [2]], 0>, Shape>>,
  Expect<Equal<S.ConcatProblem<[[8, 2], [8, 3], [9, 2]], 1>, "concat: shapes [8, 2] and [9, 2] differ outside axis 1">>,
  Expect<Equal<S.ConcatProblem<[[8, 2], [8]], 1>, "concat: shapes [8, 2] and [8] differ outside axis 1">>,
  Expect<Equal<S.ConcatProblem<[[8, 2], [8, 2]], 2>, "concat: shape [8, 2] has no axis 2">>,
  Expect<Equal<S.ConcatProblem<[[8, 2], [null, 9], Shape], 1>, undefined>>,
  Expect<Equal<S.ConcatProblem<[8, 2][], 1>, undefined>>,
  Expect<Equal<S.Stack<[[2, 3], [2, null]], 0>, [2, 2, 3]>>,
  Expect<Equal<S.Stack<[[2, 3], [2, 3], [2, 3]], -1>, [2, 3, 3]>>,
  Expect<Equal<S.Stack<[2, 3][]>, [number, 2, 3]>>,
  Expect<Equal<S.StackProblem<[[2, 3], [3, 2]]>, "stack: shapes [2, 3] and [3, 2] differ">>,
  Expect<Equal<S.StackProblem<[[2, 3], [2, 3]], 2>, undefined>>,
  Expect<Equal<S.Unstack<[2, 3, 4], 1>, [2, 4]>>,
  Expect<Equal<S.Unstack<Shape, 1>, Shape>>,
  Expect<Equal<S.Split<[2, 6], 1>, [2, number]>>,
  Expect<Equal<S.Split<[null, 6], 0>, [null, 6]>>,
  Expect<Equal<S.Gather<[1000, 64], [32, 10]>, [32, 10, 64]>>,
  Expect<Equal<S.Gather<[2, 3, 4], [], 1>, [2, 4]>>,
  Expect<Equal<S.Gather<[2, 3, 4], [7], -1>, [2, 3, 7]>>,
  Expect<Equal<S.Gather<Shape, [7]>, Shape>>,
  Expect<Equal<S.Gather<[32, 1000], [32, 5], 1, 1>, [32, 5]>>,
  Expect<Equal<S.Gather<[2, null, 10, 4], [2, 7], 2, 1>, [2, null, 7, 4]>>,
  Expect<Equal<S.Gather<[2, 3, 4], [2, 3], 2, 2>, [2, 3]>>,
  Expect<Equal<S.OneHot<[32], 10>, [32, 10]>>,
  Expect<Equal<S.OneHot<[32, 4], 10, 0>, [10, 32, 4]>>,
  Expect<Equal<S.OneHot<[null], number>, [null, number]>>,
];

export type Losses = [
  Expect<Equal<S.SoftmaxCrossEntropy<[null, 10], [32, 10]>, [32]>>,
  Expect<Equal<S.SoftmaxCrossEntropy<Shape, [32, 10]>, [32]>>,
  Expect<Equal<S.SoftmaxCrossEntropy<Shape, Shape>, Shape>>,
  Expect<
    Equal<
      S.SoftmaxCrossEntropyProblem<[8, 10], [8, 12]>,
      "softmaxCrossEntropy: labels and logits: shapes [8, 10] and [8, 12] differ"
    >
  >,
  Expect<Equal<S.SparseSoftmaxCrossEntropy<[32], [null, 10]>, [32]>>,
  Expect<Equal<S.SparseSoftmaxCrossEntropy<[null], [32, 10]>, [32]>>,
  Expect<
    Equal<
      S.SparseSoftmaxCrossEntropyProblem<[8, 10], [8, 10]>,
      "sparseSoftmaxCrossEntropy: labels [8, 10] are not logits [8, 10] without the last axis"
    >
  >,
  Expect<Equal<S.SparseSoftmaxCrossEntropyProblem<[8], [8, 10]>, undefined>>,
];

interface Recursive extends ReadonlyArray<number | Recursive> {}

export type Nested = [
  Expect<Equal<S.ShapeOfNested<3>, []>>,
  Expect<Equal<S.ShapeOfNested<true>, []>>,
  Expect<Equal<S.ShapeOfNested<number[]>, [number]>>,
  Expect<Equal<S.ShapeOfNested<[[1, 2], [3, 4]]>, [number, number]>>,
  Expect<Equal<S.ShapeOfNested<readonly (readonly boolean[])[]>, [number, number]>>,
  Expect<Equal<S.ShapeOfNested<never[]>, [number]>>,
  Expect<Equal<S.ShapeOfNested<Float32Array>, [number]>>,
  Expect<Equal<S.ShapeOfNested<(number | number[])[]>, Shape>>,
  Expect<Equal<S.ShapeOfNested<Recursive>, Shape>>,
];
