import { type Node, onlyReadersOf, type Program, type Value } from "../ir.ts";
import type { OpName } from "../plan.ts";
import { type Fusion, fusionStages } from "./fusions.ts";

/**
 * Makes one node of a base node and of what follows it, where the target has the fused op: a bias and an activation, the max pool
 * behind those, the gradient of a relu. An intermediate disappears, so it must have no other reader and must not be fetched.
 * The activation's gradient reads the activation's result or the pool's, so training is fused just as well.
 */
export function fuse(program: Program, available: ReadonlySet<OpName>): Program {
  const stages = fusionStages.map((fusions) => fusions.filter(({ fused }) => available.has(fused.name)));
  return stages.reduce(fuseStage, program);
}

function fuseStage(program: Program, fusions: readonly Fusion[]): Program {
  const table = new Map(fusions.map((fusion) => [fusion.base as string, fusion]));
  if (table.size === 0) return program;
  const readers = onlyReadersOf(program);
  /** The fused node, at the place of the last node it replaces: there all inputs exist. */
  const replacements = new Map<Node, Node>();
  const absorbed = new Set<Node>();
  for (const node of program.nodes) {
    const fusion = table.get(node.def.name);
    const chain = fusion === undefined ? null : chainFrom(node, fusion, readers);
    if (chain === null) continue;
    for (const part of chain.parts) absorbed.add(part);
    replacements.set(chain.last, chain.fused);
  }
  const nodes = program.nodes.flatMap((node) => replacements.get(node) ?? (absorbed.has(node) ? [] : [node]));
  return { ...program, nodes };
}

interface Chain {
  /** Every node that the fused one replaces. */
  readonly parts: readonly Node[];
  readonly last: Node;
  readonly fused: Node;
}

function chainFrom(
  base: Node,
  { fused, attrs: start, links }: Fusion,
  readers: ReadonlyMap<Value, Node>,
): Chain | null {
  const parts = [base];
  const inputs = [...base.inputs];
  const attrs = { ...base.attrs, ...start };
  for (const link of links) {
    const result = parts.at(-1)!.outputs[0]!;
    const next = readers.get(result);
    const absorbed = next === undefined ? null : link(next, result);
    if (next === undefined || absorbed === null) continue;
    parts.push(next);
    inputs.push(...(absorbed.inputs ?? []));
    Object.assign(attrs, absorbed.attrs);
  }
  const last = parts.at(-1)!;
  return last === base ? null : { parts, last, fused: { ...last, def: fused, attrs, inputs, view: false } };
}
