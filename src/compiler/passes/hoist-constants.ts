import { bytesOf, isStateful, type Node, type Program, type Value } from "../ir.ts";

/** A result up to this size may be kept for as long as the plan lives, whatever it was computed from. */
const KEPT_BYTES = 1 << 20;

/**
 * Moves what depends on constants alone to the prologue, which runs once when the plan is loaded. A large result is
 * moved only when it is no larger than what it was computed from, because it then stays in memory for good.
 */
export function hoistConstants(program: Program): Program {
  const constant = new Set<Value>();
  const isConstant = (value: Value): boolean =>
    value.source.kind === "constant" || value.source.kind === "shape" || constant.has(value);
  const nodes: Node[] = [];
  const prologue: Node[] = [...program.prologue];
  for (const node of program.nodes) {
    if (isStateful(node) || !node.inputs.every(isConstant) || !isWorthKeeping(node)) {
      nodes.push(node);
      continue;
    }
    prologue.push(node);
    for (const output of node.outputs) constant.add(output);
  }
  return { ...program, nodes, prologue };
}

function isWorthKeeping({ inputs, outputs, view }: Node): boolean {
  const bytes = sum(outputs.map(bytesOf));
  const from = sum(inputs.map((input) => (input.source.kind === "shape" ? 0 : bytesOf(input))));
  return view || bytes <= Math.max(KEPT_BYTES, from);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
