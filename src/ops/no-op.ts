import { getDefaultGraph } from "../graph/graph.ts";
import type { OpDef } from "../graph/op-def.ts";
import { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import { defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { printValue } from "../core/print-value.ts";
import { ValueError } from "../core/errors.ts";
import { CallSite } from "../graph/call-site.ts";

export const NoOp: OpDef<"NoOp", []> = defineOp({
  name: "NoOp",
  inputs: [],
  stateful: true,
  infer: () => [],
  gradient: null,
});

/** Does nothing; something to hang control dependencies on. */
export function noOp(options: OpOptions = {}): Operation {
  requireOptions("noOp", options);
  return getDefaultGraph().createOperation(NoOp, [], {}, options.name);
}

/** An operation that runs all of `items`; fetch it for their effects. */
export function group(...items: readonly (Operation | Tensor)[]): Operation {
  const stranger = items.findIndex((item: unknown) => !(item instanceof Operation || item instanceof Tensor));
  if (stranger >= 0) {
    throw new ValueError({
      problem: `group: items[${stranger}] is ${printValue(items[stranger])}, no operation or tensor.`,
      fix: "pass them one by one, tf.group(a, b) or tf.group(...list); a function that builds one has to return it.",
      site: new CallSite().line,
    });
  }
  const [first] = items;
  const graph = first === undefined ? getDefaultGraph() : first.graph;
  return graph.controlDependencies(items, () => graph.createOperation(NoOp, [], {}, "group_deps"));
}
