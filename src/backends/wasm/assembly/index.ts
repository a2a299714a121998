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
export { applyGradientDescent } from "./apply-gradient-descent";
export { applyMomentum } from "./apply-momentum";
export { applyRMSProp } from "./apply-rms-prop";

// elementwise

export { abs, absInt } from "./abs";
export { add, addByte, addInt } from "./add";
export { addN, addNByte, addNInt } from "./add-n";
export { castByte, castByteToBool, castByteToFloat, castByteToInt, castFloatToBool, castFloatToByte, castFloatToInt, castIntToBool, castIntToByte, castIntToFloat, castWord } from "./cast";
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
