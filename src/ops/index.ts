/** All ops: the only list. Each line brings a definition (`Relu`) and, where users call it, its function (`relu`). */

// sources and state
export { Const, constant } from "./constant.ts";
export { Placeholder, placeholder } from "./placeholder.ts";
export { globalVariables, trainableVariables, variable, VariableOp } from "./variable.ts";
export { Assign, assign } from "./assign.ts";

// structure
export { Copy } from "./copy.ts";
export { Identity, identity } from "./identity.ts";
export { group, NoOp, noOp } from "./no-op.ts";

// elementwise
export { Add, add } from "./add.ts";
export { Relu, relu } from "./relu.ts";
export { ReluGrad, reluGrad } from "./relu-grad.ts";

// broadcasting
export { BroadcastLike, broadcastLike } from "./broadcast-like.ts";
export { SumLike, sumLike } from "./sum-like.ts";
