import { sameShape } from "../../core/shape.ts";
import { type Node, onlyReadersOf, type Program, type Value } from "../ir.ts";
import type { OpName } from "../plan.ts";
import { type Fusion, fusions } from "./fusions.ts";

/**
 * Makes one node of a base node, the bias added to it, and the activation after that, where the target has the fused
 * op. An intermediate disappears, so it must have no other reader and must not be fetched. The activation's gradient
 * reads the activation's result, so training is fused just as well.
 */
export function fuse(program: Program, available: ReadonlySet<OpName>): Program {
  const table = new Map(
    fusions.filter(({ fused }) => available.has(fused.name)).map((fusion) => [fusion.base as string, fusion]),
  );
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

function chainFrom(base: Node, { fused, bias, activations }: Fusion, readers: ReadonlyMap<Value, Node>): Chain | null {
  const parts = [base];
  const inputs = [...base.inputs];
  const next = (): Node | undefined => readers.get(parts.at(-1)!.outputs[0]!);

  const adding = next();
  const added = adding === undefined ? null : bias(adding, base.outputs[0]!);
  if (adding !== undefined && added !== null && isSameShape(adding, base)) {
    parts.push(adding);
    inputs.push(added);
  }
  const activating = next();
  const activation = activating === undefined ? undefined : activations[activating.def.name];
  if (activating !== undefined && activation !== undefined) parts.push(activating);

  const last = parts.at(-1)!;
  if (last === base) return null;
  const attrs = { ...base.attrs, activation: activation ?? "none" };
  return { parts, last, fused: { ...last, def: fused, attrs, inputs, view: false } };
}

function isSameShape(a: Node, b: Node): boolean {
  return sameShape(a.outputs[0]!.shape, b.outputs[0]!.shape);
}
