/**
 * Millrace: TensorFlow's graph-and-session deep learning. `import * as tf from "millrace"`.
 *
 * Everything here runs in Node.js and in browsers; what only Node.js has is in `millrace/node`.
 */
import "./ops/tensor-methods.ts";

// graphs
export { GLOBAL_VARIABLES, TRAINABLE_VARIABLES } from "./ops/variable.ts";
export { controlDependencies, nameScope } from "./graph/default-graph.ts";
export { getDefaultGraph, Graph, resetDefaultGraph } from "./graph/graph.ts";
export { Operation } from "./graph/operation.ts";
export { graphToDot, printGraph } from "./graph/print.ts";
export { Tensor } from "./graph/tensor.ts";
export type { TensorLike } from "./ops/shared/to-tensor.ts";
export { convertToTensor } from "./ops/shared/to-tensor.ts";

// values
export type { DType } from "./core/dtype.ts";
export { NDArray, type NestedArray } from "./core/ndarray.ts";
export type { Shape } from "./core/shape.ts";
export type { Padding } from "./core/window.ts";

// sessions and backends
export { reference } from "./backends/reference/index.ts";
export { measureMachine, wasm, type WasmOptions } from "./backends/wasm/index.ts";
export type { Backend, Device, LoadedPlan } from "./runtime/backend.ts";
export type { Feeds, FeedValue } from "./runtime/feeds.ts";
export type { SessionExplanation } from "./runtime/session.ts";
export type { SessionState } from "./runtime/session-state.ts";
export type { Fetch, Fetched } from "./runtime/fetches.ts";
export { Session, type SessionOptions } from "./session.ts";

// gradients
export { type GradientOptions, gradients } from "./autodiff/gradients.ts";
export { clipByGlobalNorm, globalNorm } from "./train/clip-by-global-norm.ts";

// errors
export {
  BackendError,
  CheckpointError,
  ClosedError,
  DTypeError,
  FeedError,
  FormatError,
  GradientError,
  GraphError,
  InternalError,
  MemoryError,
  MillraceError,
  NumericsError,
  ShapeError,
  UninitializedError,
  ValueError,
} from "./core/errors.ts";

// namespaces
export * as layers from "./layers/index.ts";
export * as data from "./data/index.ts";
export * as formats from "./data/formats/index.ts";
export * as models from "./models/index.ts";
export * as nn from "./nn/index.ts";
export * as train from "./train/index.ts";

// sources and state
export {
  assign,
  assignAdd,
  assignSub,
  constant,
  eye,
  fill,
  globalVariables,
  globalVariablesInitializer,
  group,
  linspace,
  noOp,
  oneHot,
  ones,
  onesLike,
  placeholder,
  placeholderWithDefault,
  randomNormal,
  randomUniform,
  range,
  setRandomSeed,
  trainableVariables,
  truncatedNormal,
  variable,
  type Variable,
  variablesInitializer,
  zeros,
  zerosLike,
} from "./ops/index.ts";

// elementwise
export {
  abs,
  add,
  addN,
  cast,
  ceil,
  clipByNorm,
  clipByValue,
  cos,
  div,
  div as divide,
  equal,
  exp,
  expm1,
  floor,
  floorDiv,
  floorMod,
  greater,
  greaterEqual,
  isFinite,
  isNan,
  less,
  lessEqual,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  maximum,
  minimum,
  mul,
  mul as multiply,
  neg,
  neg as negative,
  notEqual,
  pow,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  squaredDifference,
  sub,
  sub as subtract,
  tan,
  tanh,
  where,
} from "./ops/index.ts";

// reductions
export {
  argMax,
  argMin,
  reduceAll,
  reduceAny,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
} from "./ops/index.ts";

// arrays and matrices
export {
  broadcastTo,
  concat,
  expandDims,
  gather,
  identity,
  matmul,
  pad,
  rank,
  reshape,
  reverse,
  shape,
  size,
  slice,
  split,
  squeeze,
  stack,
  stopGradient,
  stridedSlice,
  tile,
  transpose,
  unstack,
} from "./ops/index.ts";
