import { fetchedValues, type Node, type Program, type Value } from "../ir.ts";

/** Removes nodes whose results nobody reads, after other passes rewired their readers. */
export function dropUnused(program: Program): Program {
  const used = new Set<Value>([...program.kept, ...fetchedValues(program)]);
  const isUsed = (node: Node): boolean => {
    const wanted =
      node.updates.length > 0 || node.outputs.length === 0 || node.outputs.some((output) => used.has(output));
    if (wanted) for (const input of node.inputs) used.add(input);
    return wanted;
  };
  // From the last to the first: readers come after what they read.
  const nodes = program.nodes.toReversed().filter(isUsed).reverse();
  const prologue = program.prologue.toReversed().filter(isUsed).reverse();
  return { ...program, nodes, prologue };
}
