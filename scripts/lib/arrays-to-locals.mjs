/**
 * A transform of the AssemblyScript compiler that makes local variables of small arrays, as compilers of C do ("scalar replacement
 * of aggregates"): after `const s = new StaticArray<v128>(24)`, `s[6]` is a variable of its own, zero at first, which can live in a
 * register; and so is `s[1][2]` after `const s = new StaticArray<StaticArray<v128>>(6)`. Nothing is allocated. It runs after
 * unroll-loops.mjs. Every index has to be a number, a constant, or a sum or product of such; after any other use the compiler no
 * longer finds the array.
 */
import { CommonFlags, LiteralKind, Node, NodeKind, Token } from "assemblyscript";
import { Transform } from "assemblyscript/transform";
import { children } from "./syntax-tree.mjs";

// oxlint-disable-next-line import/no-default-export -- what the compiler looks for
export default class ArraysToLocals extends Transform {
  afterParse(parser) {
    for (const source of parser.sources) if (!source.isLibrary) replaceIn(source, new Map());
  }
}

/** Replaces the arrays inside a node. @param names what names stand for there: numbers of constants, and arrays. */
function replaceIn(node, names) {
  const isScope = node.kind === NodeKind.Block || node.signature !== undefined;
  const inner = isScope ? new Map(names) : names;
  // A parameter may have the name of a constant outside.
  for (const { name } of node.signature?.parameters ?? []) inner.set(name.text, null);
  for (const [key, child] of children(node)) {
    node[key] = Array.isArray(child) ? child.map((one) => replaced(one, inner)) : replaced(child, inner);
  }
}

/** The node itself, the variables that an array becomes, or the one that is meant by an element. */
function replaced(node, names) {
  if (!(node instanceof Node)) return node;
  if (node.kind === NodeKind.ElementAccess) {
    const variable = variableOf(node, names);
    if (variable !== null) return variable;
  }
  replaceIn(node, names);
  if (node.kind !== NodeKind.Variable) return node;
  const [{ name, initializer, flags }] = node.declarations;
  const array = arrayOf(initializer);
  const value = (flags & CommonFlags.Const) === 0 ? null : (array ?? numberOf(initializer, names));
  names.set(name.text, value);
  if (value !== array || array === null) return node;
  // Filled with what is used.
  array.statement = Node.createVariableStatement(null, [], node.range);
  return array.statement;
}

/** What `new StaticArray<T>(length)` makes, with nothing in it yet; null for any other expression. */
function arrayOf(node) {
  if (node?.kind !== NodeKind.New || node.typeName.identifier.text !== "StaticArray") return null;
  const [type] = node.typeArguments;
  const isNested = type.name?.identifier.text === "StaticArray";
  const length = numberOf(node.args[0], new Map());
  return length === null
    ? null
    : { length, dimensions: isNested ? 2 : 1, type: isNested ? type.typeArguments[0] : type };
}

/** The variable of an element; null when the node is no element of an array that is replaced. */
function variableOf(node, names) {
  const indexes = [];
  let array = node;
  for (; array.kind === NodeKind.ElementAccess; array = array.expression) {
    indexes.unshift(numberOf(array.elementExpression, names));
  }
  const found = names.get(array.text);
  const fits = (index) => index !== null && index >= 0;
  if (!(found?.dimensions === indexes.length && indexes.every(fits) && indexes[0] < found.length)) return null;
  const text = [array.text, ...indexes].join("$");
  const { type, statement } = found;
  const { range } = node;
  if (!statement.declarations.some(({ name }) => name.text === text)) {
    const name = Node.createIdentifierExpression(text, range);
    statement.declarations.push(Node.createVariableDeclaration(name, null, CommonFlags.Let, type, zero(type), range));
  }
  return Node.createIdentifierExpression(text, range);
}

/** Zero of a type: v128 has no literals. */
function zero({ name, range }) {
  const nothing = Node.createIntegerLiteralExpression(i64_new(0), range);
  if (name.identifier.text !== "v128") return nothing;
  const [i32x4, splat] = ["i32x4", "splat"].map((text) => Node.createIdentifierExpression(text, range));
  return Node.createCallExpression(Node.createPropertyAccessExpression(i32x4, splat, range), null, [nothing], range);
}

const operations = new Map([
  [Token.Plus, (a, b) => a + b],
  [Token.Minus, (a, b) => a - b],
  [Token.Asterisk, (a, b) => a * b],
]);

/** The number that an expression is, or null. */
function numberOf(node, names) {
  if (node === null || node === undefined) return null;
  if (node.isNumericLiteral) return node.literalKind === LiteralKind.Integer ? Number(i64_to_string(node.value)) : null;
  if (node.kind === NodeKind.Parenthesized) return numberOf(node.expression, names);
  if (node.kind === NodeKind.Identifier) {
    const value = names.get(node.text);
    return typeof value === "number" ? value : null;
  }
  const operation = node.kind === NodeKind.Binary ? operations.get(node.operator) : undefined;
  if (operation === undefined) return null;
  const [left, right] = [numberOf(node.left, names), numberOf(node.right, names)];
  return left === null || right === null ? null : operation(left, right);
}
