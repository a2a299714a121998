import { type Node, type Program, rootOf, type Value } from "../ir.ts";

/** Takes views out of the nodes: from here on a view is an entry of `program.views` and costs nothing. */
export function resolveViews(program: Program): Program {
  const views = new Map<Value, Value>(program.views);
  const keep = (node: Node): boolean => {
    if (node.view) views.set(node.outputs[0]!, rootOf(node.inputs[0]!, views));
    return !node.view;
  };
  const prologue = program.prologue.filter(keep);
  const nodes = program.nodes.filter(keep);
  return { ...program, nodes, prologue, views };
}
