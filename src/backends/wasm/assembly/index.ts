// Everything the host can reach, one line a file: kernels by name, and the interpreter that calls them.

// engine
export { awaitWake, heapBase, joinRun, runAlone } from "./interpreter";

// the machine itself
export { peak } from "./peak";
export { streamCopy, streamTriad } from "./stream";

// state and optimizers
export { accumulateByte, accumulateFloat, accumulateInt, copyBytes } from "./assign";
export { applyAdagrad } from "./apply-adagrad";
export { applyAdam } from "./apply-adam";
export { applyCenteredRMSProp } from "./apply-centered-rms-prop";
export { applyGradientDescent } from "./apply-gradient-descent";
export { applyMomentum } from "./apply-momentum";
export { applyRMSProp } from "./apply-rms-prop";

// elementwise
export { abs, absInt } from "./abs";
export { add, addByte, addInt } from "./add";
export { addN, addNByte, addNInt } from "./add-n";
export {
  castByte,
  castByteToBool,
  castByteToFloat,
  castByteToInt,
  castFloatToBool,
  castFloatToByte,
  castFloatToInt,
  castIntToBool,
  castIntToByte,
  castIntToFloat,
  castWord,
} from "./cast";
export { clipByValue, clipByValueGrad } from "./clip-by-value";
export { div } from "./div";
export { elu, eluGrad } from "./elu";
export { equal, equalByte, equalInt } from "./equal";
export { exp } from "./exp";
export { floorDiv, floorDivInt } from "./floor-div";
export { floorMod, floorModInt } from "./floor-mod";
export { gelu, geluApproximate, geluApproximateGrad, geluGrad } from "./gelu";
export { greater, greaterByte, greaterInt } from "./greater";
export { greaterEqual, greaterEqualByte, greaterEqualInt } from "./greater-equal";
export { isFinite, isNan, nonFiniteCount, sumCounts } from "./is-finite";
export { less, lessByte, lessInt } from "./less";
export { lessEqual, lessEqualByte, lessEqualInt } from "./less-equal";
export { log, log1p } from "./log";
export { logicalAnd, logicalOr } from "./logical";
export { logicalNot } from "./logical-not";
export { maximum, maximumByte, maximumInt } from "./maximum";
export { minimum, minimumByte, minimumInt } from "./minimum";
export { mul, mulByte, mulInt } from "./mul";
export { neg, negInt } from "./neg";
export { notEqual, notEqualByte, notEqualInt } from "./not-equal";
export { pow } from "./pow";
export { leakyRelu, leakyReluGrad, relu, relu6, relu6Grad, reluGrad } from "./relu";
export { ceil, floor, round } from "./rounding";
export { rsqrt, rsqrtGrad } from "./rsqrt";
export { sigmoid, sigmoidGrad, softplus, softplusGrad } from "./sigmoid";
export { sign, signInt } from "./sign";
export { cos, sin } from "./sin";
export { sqrt, sqrtGrad } from "./sqrt";
export { square, squareInt } from "./square";
export { squaredDifference, squaredDifferenceInt } from "./squared-difference";
export { sub, subByte, subInt } from "./sub";
export { tanh, tanhGrad } from "./tanh";
export { where, whereByte } from "./where";

// neural networks
export { avgPool } from "./avg-pool";
export { avgPoolGrad } from "./avg-pool-grad";
export { batchMoments, batchNormalize, combineMoments, givenMoments } from "./batch-norm";
export { batchNormCoefficients, batchNormGrad, batchNormSums } from "./batch-norm-grad";
export { biasAdd } from "./bias-add";
export { addPartials, columnSums } from "./column-sums";
export { dropout, dropoutGrad } from "./dropout";
export { squareSums } from "./l2-loss";
export { lrn } from "./lrn";
export { lrnGrad } from "./lrn-grad";
export { maxPool } from "./max-pool";
export { maxPoolGrad } from "./max-pool-grad";
export { maxPoolGradGrad } from "./max-pool-grad-grad";
export { sigmoidCrossEntropy } from "./sigmoid-cross-entropy";
export { logSoftmax, softmax } from "./softmax";
export { softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "./softmax-cross-entropy";

// random numbers
export { randomNormal, truncatedNormal } from "./random-normal";
export { randomIntegers, randomUniform } from "./random-uniform";

// matrix products and convolutions
export { conv2d, conv2dPack } from "./conv2d";
export { conv2dFilterGradient, conv2dFilterGradientSum } from "./conv2d-filter-gradient";
export { winograd2x5, winograd4x3, winograd4x5, winograd6x3 } from "./winograd";
export { winogradFilter2x5, winogradFilter4x3, winogradFilter4x5, winogradFilter6x3 } from "./winograd-filter";
export {
  winogradFilterGradient2x5,
  winogradFilterGradient4x3,
  winogradFilterGradient4x5,
  winogradFilterGradient6x3,
} from "./winograd-filter-gradient";
export {
  winogradFilterSums2x5,
  winogradFilterSums4x3,
  winogradFilterSums4x5,
  winogradFilterSums6x3,
} from "./winograd-filter-sums";
export { winogradProduct } from "./winograd-product";
export { winogradResults2x5, winogradResults4x3, winogradResults4x5, winogradResults6x3 } from "./winograd-results";
export {
  winogradGradients2x5,
  winogradGradients4x3,
  winogradGradients4x5,
  winogradGradients6x3,
  winogradImages2x5,
  winogradImages4x3,
  winogradImages4x5,
  winogradImages6x3,
} from "./winograd-transform";
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise";
export { matMul, matMulPack } from "./matmul";
export { matMulSkinny, matMulSkinnyTransposed, matMulSum, matMulTiny } from "./matmul-small";

// reductions and arrays
export { argMaxByte, argMaxFloat, argMaxInt, argMinByte, argMinFloat, argMinInt } from "./arg-reduce";
export { gather, gatherGrad } from "./gather";
export { logSumExp } from "./log-sum-exp";
export { oneHot1, oneHot4 } from "./one-hot";
export { allByte, maxByte, maxFloat, maxInt, minByte, minFloat, minInt } from "./reduce-extremum";
export { prodFloat, prodGrad, prodInt } from "./reduce-prod";
export { sumFloat, sumInt } from "./reduce-sum";
export { fill1, fill4, stridedAdd, stridedCopy1, stridedCopy4, stridedTranspose } from "./strided-copy";
export { inTopK, topKByte, topKFloat, topKInt } from "./top-k";
