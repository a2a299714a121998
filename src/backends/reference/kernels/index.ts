import type { OpName } from "../../../compiler/plan.ts";
import type { ReferenceKernel } from "../kernel.ts";
import { add } from "./add.ts";
import { assign } from "./assign.ts";
import { broadcastLike } from "./broadcast-like.ts";
import { copy } from "./copy.ts";
import { relu } from "./relu.ts";
import { reluGrad } from "./relu-grad.ts";
import { sumLike } from "./sum-like.ts";
import { never } from "./never.ts";

/** The reference kernel of every op; what is missing does not compile. `never`: the compiler leaves the op out. */
export const kernels: { readonly [N in OpName]: ReferenceKernel<N> } = {
  Add: add,
  Assign: assign,
  BroadcastLike: broadcastLike,
  Const: never,
  Copy: copy,
  Identity: never,
  NoOp: never,
  Placeholder: never,
  Relu: relu,
  ReluGrad: reluGrad,
  SumLike: sumLike,
  Variable: never,
};
