import { NonFiniteCount } from "../../ops/non-finite-count.ts";
import { type Check, makeNode, makeValue, type Node, type Program, resultsOf, type Value } from "../ir.ts";

/**
 * Adds a count of NaN and infinities after every float32 result. It comes before fusion on purpose: an intermediate
 * that is counted is not fused away, so the operation that is named is the one that made the first such element.
 */
export function checkNumerics(program: Program): Program {
  const checks: Check[] = [];
  const nodes = program.nodes.flatMap((node) => {
    const { operation } = node;
    if (operation === null || node.view) return [node];
    const counted = [...resultsOf(node)].filter(({ dtype }) => dtype === "float32");
    const counts = counted.map((value): Node => {
      const flag = makeValue([], "int32");
      checks.push({ operation, of: value, flag });
      return makeNode({ def: NonFiniteCount, name: `${node.name}/check`, inputs: [value], outputs: [flag] });
    });
    return [node, ...counts];
  });
  return { ...program, nodes, checks };
}

/** The checks in the order in which the nodes run that made what they check; constant ones first. */
export function orderChecks(program: Program): Program {
  const order = new Map<Value, number>();
  for (const node of [...program.prologue, ...program.nodes]) {
    for (const value of resultsOf(node)) if (!order.has(value)) order.set(value, order.size);
  }
  const checks = program.checks.toSorted((a, b) => (order.get(a.of) ?? 0) - (order.get(b.of) ?? 0));
  return { ...program, checks };
}
