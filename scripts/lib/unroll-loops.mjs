/**
 * A transform of the AssemblyScript compiler that writes loops over a list out: `for (const u of [0, 1, 2]) { … }` becomes three
 * blocks, in which `u` is the constant 0, 1 and 2. The language has no `for … of` of its own; over a list written on the spot it
 * now means what it means in TypeScript, but that a `break` in the body leaves the loop around it.
 */
import { Node, NodeKind } from "assemblyscript";
import { Transform } from "assemblyscript/transform";
import { children } from "./syntax-tree.mjs";

// oxlint-disable-next-line import/no-default-export -- what the compiler looks for
export default class UnrollLoops extends Transform {
  afterParse(parser) {
    for (const source of parser.sources) if (!source.isLibrary) writeOut(source);
  }
}

/** Replaces the loops over lists inside a node. */
function writeOut(node) {
  for (const [key, child] of children(node)) {
    node[key] = Array.isArray(child) ? child.map(replaced) : replaced(child);
  }
}

/** The node itself, or what a loop over a list stands for. */
function replaced(node) {
  if (!(node instanceof Node)) return node;
  writeOut(node);
  if (node.kind !== NodeKind.ForOf) return node;
  const elements = node.iterable.elementExpressions;
  // Anything but a constant and a list is left for the compiler to reject.
  if (!elements || node.variable.kind !== NodeKind.Variable) return node;
  const block = (statements) => Node.createBlockStatement(statements, node.range);
  return block(
    elements.map((element) => {
      const variable = copy(node.variable);
      variable.declarations[0].initializer = element;
      return block([variable, copy(node.body)]);
    }),
  );
}

/** A copy of a node and of all nodes in it; places in the source are shared. */
function copy(node) {
  if (!(node instanceof Node)) return node;
  const twin = Object.assign(Object.create(Object.getPrototypeOf(node)), node);
  for (const [key, child] of children(node)) twin[key] = Array.isArray(child) ? child.map(copy) : copy(child);
  return twin;
}
