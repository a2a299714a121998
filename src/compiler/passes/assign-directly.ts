import { dependenciesOf } from "../dependencies.ts";
import { mapValues, type Node, type Program, type Value } from "../ir.ts";

/**
 * Lets a node write its result straight into the variable that it is assigned to: the assignment, a copy, is gone. Without
 * it, initializing a variable takes its memory twice, and the zeros and random numbers that networks start with pass through
 * memory three times.
 *
 * The node takes the assignment's place in time as well, so between the two nobody may read or write the variable; and
 * since readers of the result then read the variable, nothing may overwrite it in the same run. Comes after `schedule`.
 */
export function assignDirectly(program: Program): Program {
  const { producer, readers, overwriter } = dependenciesOf(program);
  /** What is written to a variable, and that variable's value then. */
  const becomes = new Map<Value, Value>();
  const removed = new Set<Node>();
  for (const [position, node] of program.nodes.entries()) {
    if (node.def.name !== "Assign") continue;
    const [old, value] = node.inputs;
    const after = node.outputs[0]!;
    const from = producer.get(value!);
    if (value!.source.kind !== "node" || from === undefined || becomes.has(value!) || overwriter.has(after)) continue;
    const isIdle = readers.get(old!)!.every((reader) => reader < from || reader === position);
    if (!isIdle || (producer.get(old!) ?? -1) >= from) continue;
    becomes.set(value!, after);
    removed.add(node);
  }
  if (removed.size === 0) return program;
  const replace = (value: Value): Value => becomes.get(value) ?? value;
  const nodes = program.nodes
    .filter((node) => !removed.has(node))
    .map((node) => (node.outputs.some((output) => becomes.has(output)) ? withOutputs(node, replace) : node));
  const views = new Map([...program.views].map(([view, of]) => [view, replace(of)]));
  return mapValues({ ...program, nodes, views }, replace);
}

function withOutputs(node: Node, replace: (value: Value) => Value): Node {
  return { ...node, outputs: node.outputs.map(replace) };
}
