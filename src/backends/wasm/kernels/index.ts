import type { OpName } from "../../../compiler/plan.ts";
import type { WasmKernel } from "../kernel.ts";
import { abs } from "./abs.ts";
import { add } from "./add.ts";
import { addN } from "./add-n.ts";
import { applyAdagrad } from "./apply-adagrad.ts";
import { applyAdam } from "./apply-adam.ts";
import { applyGradientDescent } from "./apply-gradient-descent.ts";
import { applyMomentum } from "./apply-momentum.ts";
import { applyRMSProp } from "./apply-rms-prop.ts";
import { assign } from "./assign.ts";
import { assignAdd } from "./assign-add.ts";
import { assignSub } from "./assign-sub.ts";
import { cast } from "./cast.ts";
import { ceil } from "./ceil.ts";
import { clipByValue } from "./clip-by-value.ts";
import { clipByValueGrad } from "./clip-by-value-grad.ts";
import { cos } from "./cos.ts";
import { div } from "./div.ts";
import { elu } from "./elu.ts";
import { eluGrad } from "./elu-grad.ts";
import { equal } from "./equal.ts";
import { exp } from "./exp.ts";
import { floor } from "./floor.ts";
import { floorDiv } from "./floor-div.ts";
import { floorMod } from "./floor-mod.ts";
import { gelu } from "./gelu.ts";
import { geluGrad } from "./gelu-grad.ts";
import { greater } from "./greater.ts";
import { greaterEqual } from "./greater-equal.ts";
import { isFinite } from "./is-finite.ts";
import { isNan } from "./is-nan.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { leakyReluGrad } from "./leaky-relu-grad.ts";
import { less } from "./less.ts";
import { lessEqual } from "./less-equal.ts";
import { log } from "./log.ts";
import { log1p } from "./log1p.ts";
import { logicalAnd } from "./logical-and.ts";
import { logicalNot } from "./logical-not.ts";
import { logicalOr } from "./logical-or.ts";
import { maximum } from "./maximum.ts";
import { minimum } from "./minimum.ts";
import { mul } from "./mul.ts";
import { neg } from "./neg.ts";
import { never } from "./never.ts";
import { nonFiniteCount } from "./non-finite-count.ts";
import { notEqual } from "./not-equal.ts";
import { pow } from "./pow.ts";
import { relu } from "./relu.ts";
import { reluGrad } from "./relu-grad.ts";
import { relu6 } from "./relu6.ts";
import { relu6Grad } from "./relu6-grad.ts";
import { round } from "./round.ts";
import { rsqrt } from "./rsqrt.ts";
import { rsqrtGrad } from "./rsqrt-grad.ts";
import { sigmoid } from "./sigmoid.ts";
import { sigmoidGrad } from "./sigmoid-grad.ts";
import { sign } from "./sign.ts";
import { sin } from "./sin.ts";
import { softplus } from "./softplus.ts";
import { softplusGrad } from "./softplus-grad.ts";
import { sqrt } from "./sqrt.ts";
import { sqrtGrad } from "./sqrt-grad.ts";
import { square } from "./square.ts";
import { squaredDifference } from "./squared-difference.ts";
import { sub } from "./sub.ts";
import { tanh } from "./tanh.ts";
import { tanhGrad } from "./tanh-grad.ts";
import { where } from "./where.ts";

/** The wasm kernel of every op; what is missing does not compile. `never`: the compiler leaves the op out. */
export const kernels: { readonly [N in OpName]: WasmKernel<N> } = {
  Abs: abs,
  Add: add,
  AddN: addN,
  ApplyAdagrad: applyAdagrad,
  ApplyAdam: applyAdam,
  ApplyGradientDescent: applyGradientDescent,
  ApplyMomentum: applyMomentum,
  ApplyRMSProp: applyRMSProp,
  Assign: assign,
  AssignAdd: assignAdd,
  AssignSub: assignSub,
  Cast: cast,
  Ceil: ceil,
  ClipByValue: clipByValue,
  ClipByValueGrad: clipByValueGrad,
  Const: never,
  Cos: cos,
  Div: div,
  Elu: elu,
  EluGrad: eluGrad,
  Equal: equal,
  Exp: exp,
  Floor: floor,
  FloorDiv: floorDiv,
  FloorMod: floorMod,
  Gelu: gelu,
  GeluGrad: geluGrad,
  Greater: greater,
  GreaterEqual: greaterEqual,
  Identity: never,
  IsFinite: isFinite,
  IsNan: isNan,
  LeakyRelu: leakyRelu,
  LeakyReluGrad: leakyReluGrad,
  Less: less,
  LessEqual: lessEqual,
  Log: log,
  Log1p: log1p,
  LogicalAnd: logicalAnd,
  LogicalNot: logicalNot,
  LogicalOr: logicalOr,
  Maximum: maximum,
  Minimum: minimum,
  Mul: mul,
  Neg: neg,
  NonFiniteCount: nonFiniteCount,
  NoOp: never,
  NotEqual: notEqual,
  Placeholder: never,
  PlaceholderWithDefault: never,
  Pow: pow,
  Relu: relu,
  Relu6: relu6,
  Relu6Grad: relu6Grad,
  ReluGrad: reluGrad,
  Round: round,
  Rsqrt: rsqrt,
  RsqrtGrad: rsqrtGrad,
  Select: where,
  Sigmoid: sigmoid,
  SigmoidGrad: sigmoidGrad,
  Sign: sign,
  Sin: sin,
  Softplus: softplus,
  SoftplusGrad: softplusGrad,
  Sqrt: sqrt,
  SqrtGrad: sqrtGrad,
  Square: square,
  SquaredDifference: squaredDifference,
  Sub: sub,
  Tanh: tanh,
  TanhGrad: tanhGrad,
  Variable: never,
};
