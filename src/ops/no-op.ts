import { getDefaultGraph } from "../graph/graph.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { defineOp, type OpOptions } from "./shared/define-op.ts";

export const NoOp: OpDef<"NoOp", []> = defineOp({
  name: "NoOp",
  inputs: [],
  stateful: true,
  infer: () => [],
  gradient: null,
});

/** Does nothing; something to hang control dependencies on. */
export function noOp(options: OpOptions = {}): Operation {
  return getDefaultGraph().createOperation(NoOp, [], {}, options.name);
}

/** An operation that runs all of `items`; fetch it for their effects. */
export function group(...items: readonly (Operation | Tensor)[]): Operation {
  const [first] = items;
  const graph = first === undefined ? getDefaultGraph() : first.graph;
  return graph.controlDependencies(items, () => graph.createOperation(NoOp, [], {}, "group_deps"));
}
