import { makeNode, makeValue, type Node, onlyReadersOf, type Program, type Value } from "../ir.ts";

/**
 * Takes the gradient of a relu before the gradient of the max pool behind it. A pooled maximum is positive exactly where the
 * cell that won is, so masking the pool's results masks the winners; all other cells get 0 either way, bit by bit.
 *
 * What relu gave, the largest tensors of a network, is then needed by nobody once it is pooled: training VGG16 keeps a
 * third less. And the mask passes over the pooled size, a quarter for windows of 2x2.
 */
export function maskPooled(program: Program): Program {
  const poolOf = new Map<Value, Node>();
  const gradientOf = new Map<Value, Node>();
  const readers = onlyReadersOf(program);
  /** For a pool's gradient: what takes its place, and for the relu's gradient nothing. */
  const replacements = new Map<Node, readonly Node[]>();
  for (const node of program.nodes) {
    if (node.def.name === "MaxPool") poolOf.set(node.outputs[1]!, node);
    if (node.def.name === "MaxPoolGrad") gradientOf.set(node.outputs[0]!, node);
    if (node.def.name !== "ReluGrad") continue;
    const [dy, y] = node.inputs;
    const gradient = gradientOf.get(dy!);
    const pool = gradient === undefined ? undefined : poolOf.get(gradient.inputs[1]!);
    if (gradient === undefined || pool?.inputs[0] !== y || readers.get(dy!) !== node) continue;
    const [pooled] = pool!.outputs;
    const masked = makeValue(pooled!.shape, pooled!.dtype);
    const mask = makeNode({
      def: node.def,
      name: node.name,
      operation: node.operation,
      inputs: [gradient.inputs[0]!, pooled!],
      outputs: [masked],
    });
    const spread = { ...gradient, inputs: [masked, ...gradient.inputs.slice(1)], outputs: node.outputs };
    replacements.set(gradient, [mask, spread]);
    replacements.set(node, []);
  }
  if (replacements.size === 0) return program;
  return { ...program, nodes: program.nodes.flatMap((node) => replacements.get(node) ?? [node]) };
}
