import type { OpName } from "../../../compiler/plan.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { addN } from "./add-n.ts";
import { all } from "./all.ts";
import { any } from "./any.ts";
import { applyAdagrad } from "./apply-adagrad.ts";
import { applyAdam } from "./apply-adam.ts";
import { applyCenteredRMSProp } from "./apply-centered-rms-prop.ts";
import { applyGradientDescent } from "./apply-gradient-descent.ts";
import { applyMomentum } from "./apply-momentum.ts";
import { applyRMSProp } from "./apply-rms-prop.ts";
import { argMax } from "./arg-max.ts";
import { argMin } from "./arg-min.ts";
import { assign } from "./assign.ts";
import { assignAdd } from "./assign-add.ts";
import { assignSub } from "./assign-sub.ts";
import { avgPoolGrad } from "./avg-pool-grad.ts";
import { avgPool } from "./avg-pool.ts";
import { biasAddGrad } from "./bias-add-grad.ts";
import { biasAdd } from "./bias-add.ts";
import { broadcastLike } from "./broadcast-like.ts";
import { broadcastTo } from "./broadcast-to.ts";
import { cast } from "./cast.ts";
import { ceil } from "./ceil.ts";
import { clipByValue } from "./clip-by-value.ts";
import { clipByValueGrad } from "./clip-by-value-grad.ts";
import { concat } from "./concat.ts";
import { conv2D } from "./conv2d.ts";
import { conv2DBackpropFilter } from "./conv2d-backprop-filter.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";
import { conv2DTranspose } from "./conv2d-transpose.ts";
import { copy } from "./copy.ts";
import { cos } from "./cos.ts";
import { depthwiseConv2D } from "./depthwise-conv2d.ts";
import { depthwiseConv2DBackpropFilter } from "./depthwise-conv2d-backprop-filter.ts";
import { depthwiseConv2DBackpropInput } from "./depthwise-conv2d-backprop-input.ts";
import { div } from "./div.ts";
import { dropoutGrad } from "./dropout-grad.ts";
import { dropout } from "./dropout.ts";
import { elu } from "./elu.ts";
import { eluGrad } from "./elu-grad.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { floor } from "./floor.ts";
import { floorDiv } from "./floor-div.ts";
import { floorMod } from "./floor-mod.ts";
import { fusedBatchNormGrad } from "./fused-batch-norm-grad.ts";
import { fusedBatchNorm } from "./fused-batch-norm.ts";
import { fusedConv2D } from "./fused-conv2d.ts";
import { fusedConv2DBackpropInput } from "./fused-conv2d-backprop-input.ts";
import { fusedConv2DMaxPool } from "./fused-conv2d-max-pool.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";
import { gather } from "./gather.ts";
import { gatherGrad } from "./gather-grad.ts";
import { gelu } from "./gelu.ts";
import { geluGrad } from "./gelu-grad.ts";
import { greater } from "./greater.ts";
import { greaterEqual } from "./greater-equal.ts";
import { inTopK } from "./in-top-k.ts";
import { isFinite } from "./is-finite.ts";
import { isNan } from "./is-nan.ts";
import { l2Loss } from "./l2-loss.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { leakyReluGrad } from "./leaky-relu-grad.ts";
import { less } from "./less.ts";
import { lessEqual } from "./less-equal.ts";
import { logSoftmax } from "./log-softmax.ts";
import { log } from "./log.ts";
import { logSumExp } from "./log-sum-exp.ts";
import { log1p } from "./log1p.ts";
import { logicalAnd } from "./logical-and.ts";
import { logicalNot } from "./logical-not.ts";
import { logicalOr } from "./logical-or.ts";
import { lrnGrad } from "./lrn-grad.ts";
import { lrn } from "./lrn.ts";
import { matMul } from "./mat-mul.ts";
import { max } from "./max.ts";
import { maxPoolGradGrad } from "./max-pool-grad-grad.ts";
import { maxPoolGrad } from "./max-pool-grad.ts";
import { maxPool } from "./max-pool.ts";
import { maximum } from "./maximum.ts";
import { mean } from "./mean.ts";
import { min } from "./min.ts";
import { minimum } from "./minimum.ts";
import { mirrorPad } from "./mirror-pad.ts";
import { mirrorPadGrad } from "./mirror-pad-grad.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { never } from "./never.ts";
import { nonFiniteCount } from "./non-finite-count.ts";
import { notEqual } from "./not-equal.ts";
import { oneHot } from "./one-hot.ts";
import { onesLike } from "./ones-like.ts";
import { pad } from "./pad.ts";
import { pow } from "./pow.ts";
import { prod } from "./prod.ts";
import { prodGrad } from "./prod-grad.ts";
import { randomNormal } from "./random-normal.ts";
import { randomUniform } from "./random-uniform.ts";
import { relu } from "./relu.ts";
import { reluGrad } from "./relu-grad.ts";
import { relu6 } from "./relu6.ts";
import { relu6Grad } from "./relu6-grad.ts";
import { reverse } from "./reverse.ts";
import { round } from "./round.ts";
import { rsqrt } from "./rsqrt.ts";
import { rsqrtGrad } from "./rsqrt-grad.ts";
import { sigmoidCrossEntropyWithLogits } from "./sigmoid-cross-entropy-with-logits.ts";
import { sigmoid } from "./sigmoid.ts";
import { sigmoidGrad } from "./sigmoid-grad.ts";
import { sign } from "./sign.ts";
import { sin } from "./sin.ts";
import { slice } from "./slice.ts";
import { softmaxCrossEntropyWithLogits } from "./softmax-cross-entropy-with-logits.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softplusGrad } from "./softplus-grad.ts";
import { sparseSoftmaxCrossEntropyWithLogits } from "./sparse-softmax-cross-entropy-with-logits.ts";
import { split } from "./split.ts";
import { sqrt } from "./sqrt.ts";
import { sqrtGrad } from "./sqrt-grad.ts";
import { square } from "./square.ts";
import { squaredDifference } from "./squared-difference.ts";
import { stridedSliceGrad } from "./strided-slice-grad.ts";
import { sub } from "./sub.ts";
import { sum } from "./sum.ts";
import { sumLike } from "./sum-like.ts";
import { tanh } from "./tanh.ts";
import { tanhGrad } from "./tanh-grad.ts";
import { tile } from "./tile.ts";
import { tileGrad } from "./tile-grad.ts";
import { topK } from "./top-k.ts";
import { transpose } from "./transpose.ts";
import { truncatedNormal } from "./truncated-normal.ts";
import { where } from "./where.ts";
import { zerosLike } from "./zeros-like.ts";

/** The reference kernel of every op; what is missing does not compile. `never`: the compiler leaves the op out. */
export const kernels: { readonly [N in OpName]: ReferenceKernel<N> } = {
  Abs: abs,
  Add: add,
  AddN: addN,
  All: all,
  Any: any,
  ApplyAdagrad: applyAdagrad,
  ApplyAdam: applyAdam,
  ApplyCenteredRMSProp: applyCenteredRMSProp,
  ApplyGradientDescent: applyGradientDescent,
  ApplyMomentum: applyMomentum,
  ApplyRMSProp: applyRMSProp,
  ArgMax: argMax,
  ArgMin: argMin,
  Assign: assign,
  AssignAdd: assignAdd,
  AssignSub: assignSub,
  AvgPool: avgPool,
  AvgPoolGrad: avgPoolGrad,
  BiasAdd: biasAdd,
  BiasAddGrad: biasAddGrad,
  BroadcastLike: broadcastLike,
  BroadcastTo: broadcastTo,
  Cast: cast,
  Ceil: ceil,
  ClipByValue: clipByValue,
  ClipByValueGrad: clipByValueGrad,
  ConcatV2: concat,
  Const: never,
  Conv2D: conv2D,
  Conv2DBackpropFilter: conv2DBackpropFilter,
  Conv2DBackpropInput: conv2DBackpropInput,
  Conv2DTranspose: conv2DTranspose,
  Copy: copy,
  Cos: cos,
  DepthwiseConv2D: depthwiseConv2D,
  DepthwiseConv2DBackpropFilter: depthwiseConv2DBackpropFilter,
  DepthwiseConv2DBackpropInput: depthwiseConv2DBackpropInput,
  Div: div,
  Dropout: dropout,
  DropoutGrad: dropoutGrad,
  Elu: elu,
  EluGrad: eluGrad,
  Equal: equal,
  Exp: exp,
  ExpandDims: never,
  Floor: floor,
  FloorDiv: floorDiv,
  FloorMod: floorMod,
  FusedBatchNorm: fusedBatchNorm,
  FusedBatchNormGrad: fusedBatchNormGrad,
  FusedConv2D: fusedConv2D,
  FusedConv2DBackpropInput: fusedConv2DBackpropInput,
  FusedConv2DMaxPool: fusedConv2DMaxPool,
  FusedMatMul: fusedMatMul,
  GatherGrad: gatherGrad,
  GatherV2: gather,
  Gelu: gelu,
  GeluGrad: geluGrad,
  Greater: greater,
  GreaterEqual: greaterEqual,
  Identity: never,
  InTopK: inTopK,
  IsFinite: isFinite,
  IsNan: isNan,
  L2Loss: l2Loss,
  LeakyRelu: leakyRelu,
  LeakyReluGrad: leakyReluGrad,
  Less: less,
  LessEqual: lessEqual,
  Log: log,
  Log1p: log1p,
  LogSumExp: logSumExp,
  LogicalAnd: logicalAnd,
  LogicalNot: logicalNot,
  LogicalOr: logicalOr,
  LogSoftmax: logSoftmax,
  LRN: lrn,
  LRNGrad: lrnGrad,
  MatMul: matMul,
  Max: max,
  Maximum: maximum,
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
  MaxPoolGradGrad: maxPoolGradGrad,
  Mean: mean,
  Min: min,
  Minimum: minimum,
  MirrorPad: mirrorPad,
  MirrorPadGrad: mirrorPadGrad,
  Mul: mul,
  Neg: neg,
  NonFiniteCount: nonFiniteCount,
  NoOp: never,
  NotEqual: notEqual,
  OneHot: oneHot,
  OnesLike: onesLike,
  Pad: pad,
  Placeholder: never,
  PlaceholderWithDefault: never,
  Pow: pow,
  Prod: prod,
  ProdGrad: prodGrad,
  RandomNormal: randomNormal,
  RandomUniform: randomUniform,
  Relu: relu,
  Relu6: relu6,
  Relu6Grad: relu6Grad,
  ReluGrad: reluGrad,
  Reshape: never,
  ReshapeLike: never,
  ReverseV2: reverse,
  Round: round,
  Rsqrt: rsqrt,
  RsqrtGrad: rsqrtGrad,
  Select: where,
  Shape: never,
  Sigmoid: sigmoid,
  SigmoidCrossEntropyWithLogits: sigmoidCrossEntropyWithLogits,
  SigmoidGrad: sigmoidGrad,
  Sign: sign,
  Sin: sin,
  Size: never,
  Slice: slice,
  Softmax: softmax,
  SoftmaxCrossEntropyWithLogits: softmaxCrossEntropyWithLogits,
  Softplus: softplus,
  SoftplusGrad: softplusGrad,
  SparseSoftmaxCrossEntropyWithLogits: sparseSoftmaxCrossEntropyWithLogits,
  Split: split,
  SplitLike: split,
  Sqrt: sqrt,
  SqrtGrad: sqrtGrad,
  Square: square,
  SquaredDifference: squaredDifference,
  Squeeze: never,
  StopGradient: never,
  StridedSlice: slice,
  StridedSliceGrad: stridedSliceGrad,
  Sub: sub,
  Sum: sum,
  SumLike: sumLike,
  Tanh: tanh,
  TanhGrad: tanhGrad,
  Tile: tile,
  TileGrad: tileGrad,
  TopKV2: topK,
  Transpose: transpose,
  TruncatedNormal: truncatedNormal,
  Variable: never,
  ZerosLike: zerosLike,
};
