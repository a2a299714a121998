/** All ops: the only list. Each line brings a definition (`Relu`) and, where users call it, its function (`relu`). */

// sources and state
export { Const, constant } from "./constant.ts";
export { Placeholder, placeholder } from "./placeholder.ts";
export {
  GLOBAL_STEP,
  globalVariables,
  globalVariablesInitializer,
  trainableVariables,
  variable,
  type Variable,
  VariableOp,
  variablesInitializer,
} from "./variable.ts";
export { Assign, assign } from "./assign.ts";
export { AssignAdd, assignAdd } from "./assign-add.ts";
export { AssignSub, assignSub } from "./assign-sub.ts";
export { PlaceholderWithDefault, placeholderWithDefault } from "./placeholder-with-default.ts";

// optimizer updates
export { ApplyAdagrad } from "./apply-adagrad.ts";
export { ApplyAdam } from "./apply-adam.ts";
export { ApplyCenteredRMSProp } from "./apply-centered-rms-prop.ts";
export { ApplyGradientDescent } from "./apply-gradient-descent.ts";
export { ApplyMomentum } from "./apply-momentum.ts";
export { ApplyRMSProp } from "./apply-rms-prop.ts";

// structure
export { Copy } from "./copy.ts";
export { Identity, identity } from "./identity.ts";
export { group, NoOp, noOp } from "./no-op.ts";

// elementwise
export { Abs, abs } from "./abs.ts";
export { Add, add } from "./add.ts";
export { AddN, addN } from "./add-n.ts";
export { Cast, cast } from "./cast.ts";
export { Ceil, ceil } from "./ceil.ts";
export { clipByNorm } from "./clip-by-norm.ts";
export { ClipByValue, clipByValue } from "./clip-by-value.ts";
export { ClipByValueGrad, clipByValueGrad } from "./clip-by-value-grad.ts";
export { Cos, cos } from "./cos.ts";
export { Div, div } from "./div.ts";
export { Elu, elu } from "./elu.ts";
export { EluGrad, eluGrad } from "./elu-grad.ts";
export { Equal, equal } from "./equal.ts";
export { Exp, exp } from "./exp.ts";
export { expm1 } from "./expm1.ts";
export { Floor, floor } from "./floor.ts";
export { FloorDiv, floorDiv } from "./floor-div.ts";
export { FloorMod, floorMod } from "./floor-mod.ts";
export { Gelu, gelu } from "./gelu.ts";
export { GeluGrad, geluGrad } from "./gelu-grad.ts";
export { Greater, greater } from "./greater.ts";
export { GreaterEqual, greaterEqual } from "./greater-equal.ts";
export { IsFinite, isFinite } from "./is-finite.ts";
export { IsNan, isNan } from "./is-nan.ts";
export { LeakyRelu, leakyRelu } from "./leaky-relu.ts";
export { LeakyReluGrad, leakyReluGrad } from "./leaky-relu-grad.ts";
export { Less, less } from "./less.ts";
export { LessEqual, lessEqual } from "./less-equal.ts";
export { Log, log } from "./log.ts";
export { Log1p, log1p } from "./log1p.ts";
export { LogicalAnd, logicalAnd } from "./logical-and.ts";
export { LogicalNot, logicalNot } from "./logical-not.ts";
export { LogicalOr, logicalOr } from "./logical-or.ts";
export { logicalXor } from "./logical-xor.ts";
export { Maximum, maximum } from "./maximum.ts";
export { Minimum, minimum } from "./minimum.ts";
export { Mul, mul } from "./mul.ts";
export { Neg, neg } from "./neg.ts";
export { NonFiniteCount, nonFiniteCount } from "./non-finite-count.ts";
export { NotEqual, notEqual } from "./not-equal.ts";
export { Pow, pow } from "./pow.ts";
export { Relu, relu } from "./relu.ts";
export { ReluGrad, reluGrad } from "./relu-grad.ts";
export { Relu6, relu6 } from "./relu6.ts";
export { Relu6Grad, relu6Grad } from "./relu6-grad.ts";
export { Round, round } from "./round.ts";
export { Rsqrt, rsqrt } from "./rsqrt.ts";
export { RsqrtGrad, rsqrtGrad } from "./rsqrt-grad.ts";
export { selu } from "./selu.ts";
export { Sigmoid, sigmoid } from "./sigmoid.ts";
export { SigmoidGrad, sigmoidGrad } from "./sigmoid-grad.ts";
export { Sign, sign } from "./sign.ts";
export { Sin, sin } from "./sin.ts";
export { Softplus, softplus } from "./softplus.ts";
export { SoftplusGrad, softplusGrad } from "./softplus-grad.ts";
export { Sqrt, sqrt } from "./sqrt.ts";
export { SqrtGrad, sqrtGrad } from "./sqrt-grad.ts";
export { Square, square } from "./square.ts";
export { SquaredDifference, squaredDifference } from "./squared-difference.ts";
export { Sub, sub } from "./sub.ts";
export { silu, swish } from "./swish.ts";
export { tan } from "./tan.ts";
export { Tanh, tanh } from "./tanh.ts";
export { TanhGrad, tanhGrad } from "./tanh-grad.ts";
export { Select, where } from "./where.ts";

// broadcasting
export { BroadcastLike, broadcastLike } from "./broadcast-like.ts";
export { SumLike, sumLike } from "./sum-like.ts";

// linear algebra
export { FusedMatMul } from "./fused-mat-mul.ts";
export { MatMul, matmul } from "./mat-mul.ts";

// convolutions
export { Conv2D, conv2d, conv2dOf } from "./conv2d.ts";
export { Conv2DBackpropFilter, conv2dBackpropFilter } from "./conv2d-backprop-filter.ts";
export { Conv2DBackpropInput, conv2dBackpropInput } from "./conv2d-backprop-input.ts";
export { Conv2DTranspose, conv2dTranspose } from "./conv2d-transpose.ts";
export { DepthwiseConv2D, depthwiseConv2d, depthwiseConv2dOf } from "./depthwise-conv2d.ts";
export { DepthwiseConv2DBackpropFilter, depthwiseConv2dBackpropFilter } from "./depthwise-conv2d-backprop-filter.ts";
export { DepthwiseConv2DBackpropInput, depthwiseConv2dBackpropInput } from "./depthwise-conv2d-backprop-input.ts";
export { FusedConv2D } from "./fused-conv2d.ts";
export { FusedConv2DBackpropInput } from "./fused-conv2d-backprop-input.ts";
export { FusedConv2DMaxPool } from "./fused-conv2d-max-pool.ts";
export { separableConv2d } from "./separable-conv2d.ts";

// reductions
export { All, reduceAll } from "./reduce-all.ts";
export { Any, reduceAny } from "./reduce-any.ts";
export { LogSumExp, reduceLogSumExp } from "./reduce-log-sum-exp.ts";
export { Max, reduceMax } from "./reduce-max.ts";
export { Mean, reduceMean } from "./reduce-mean.ts";
export { Min, reduceMin } from "./reduce-min.ts";
export { Prod, reduceProd } from "./reduce-prod.ts";
export { Sum, reduceSum } from "./reduce-sum.ts";
export { ArgMax, argMax } from "./arg-max.ts";
export { ArgMin, argMin } from "./arg-min.ts";
export { InTopK, inTopK } from "./in-top-k.ts";
export { moments } from "./moments.ts";
export { ProdGrad, prodGrad } from "./prod-grad.ts";
export { TopK, topK } from "./top-k.ts";

// arrays
export { ExpandDims, expandDims } from "./expand-dims.ts";
export { fill, ones, zeros } from "./zeros.ts";
export { BroadcastTo, broadcastTo } from "./broadcast-to.ts";
export { Concat, concat } from "./concat.ts";
export { depthToSpace } from "./depth-to-space.ts";
export { eye } from "./eye.ts";
export { Gather, gather } from "./gather.ts";
export { GatherGrad, gatherGrad } from "./gather-grad.ts";
export { linspace } from "./linspace.ts";
export { MirrorPad } from "./mirror-pad.ts";
export { MirrorPadGrad, mirrorPadGrad } from "./mirror-pad-grad.ts";
export { OneHot, oneHot } from "./one-hot.ts";
export { Pad, pad } from "./pad.ts";
export { range } from "./range.ts";
export { rank, shape, ShapeOp } from "./shape.ts";
export { Reverse, reverse } from "./reverse.ts";
export { Size, size } from "./size.ts";
export { Slice, slice } from "./slice.ts";
export { spaceToDepth } from "./space-to-depth.ts";
export { Split, split } from "./split.ts";
export { SplitLike, splitLike } from "./split-like.ts";
export { stack } from "./stack.ts";
export { StopGradient, stopGradient } from "./stop-gradient.ts";
export { StridedSlice, stridedSlice } from "./strided-slice.ts";
export { StridedSliceGrad, stridedSliceGrad } from "./strided-slice-grad.ts";
export { Tile, tile } from "./tile.ts";
export { TileGrad, tileGrad } from "./tile-grad.ts";
export { Transpose, transpose } from "./transpose.ts";
export { unstack } from "./unstack.ts";
export { OnesLike, onesLike } from "./ones-like.ts";
export { Reshape, reshape } from "./reshape.ts";
export { ReshapeLike, reshapeLike } from "./reshape-like.ts";
export { Squeeze, squeeze } from "./squeeze.ts";
export { ZerosLike, zerosLike } from "./zeros-like.ts";

// neural networks
export { assignMovingAverage } from "./assign-moving-average.ts";
export { AvgPool, avgPool } from "./avg-pool.ts";
export { AvgPoolGrad, avgPoolGrad } from "./avg-pool-grad.ts";
export { batchNormalization } from "./batch-normalization.ts";
export { BiasAdd, biasAdd } from "./bias-add.ts";
export { BiasAddGrad, biasAddGrad } from "./bias-add-grad.ts";
export { Dropout, dropout } from "./dropout.ts";
export { DropoutGrad, dropoutGrad } from "./dropout-grad.ts";
export { FusedBatchNorm, fusedBatchNorm } from "./fused-batch-norm.ts";
export { FusedBatchNormGrad, fusedBatchNormGrad } from "./fused-batch-norm-grad.ts";
export { L2Loss, l2Loss } from "./l2-loss.ts";
export { l2Normalize } from "./l2-normalize.ts";
export { localResponseNormalization, LRN, lrn } from "./lrn.ts";
export { LRNGrad, lrnGrad } from "./lrn-grad.ts";
export { LogSoftmax, logSoftmax } from "./log-softmax.ts";
export { MaxPool, maxPool } from "./max-pool.ts";
export { MaxPoolGrad, maxPoolGrad } from "./max-pool-grad.ts";
export { MaxPoolGradGrad, maxPoolGradGrad } from "./max-pool-grad-grad.ts";
export { SigmoidCrossEntropyWithLogits, sigmoidCrossEntropyWithLogits } from "./sigmoid-cross-entropy-with-logits.ts";
export { Softmax, softmax } from "./softmax.ts";
export { SoftmaxCrossEntropyWithLogits, softmaxCrossEntropyWithLogits } from "./softmax-cross-entropy-with-logits.ts";
export {
  SparseSoftmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
} from "./sparse-softmax-cross-entropy-with-logits.ts";
export { updateRunningStatistics } from "./update-running-statistics.ts";

// random numbers
export { RandomNormal, randomNormal } from "./random-normal.ts";
export { setRandomSeed } from "./random-seed.ts";
export { RandomUniform, randomUniform } from "./random-uniform.ts";
export { TruncatedNormal, truncatedNormal } from "./truncated-normal.ts";
