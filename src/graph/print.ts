import { formatShape } from "../core/shape.ts";
import type { Graph } from "./graph.ts";
import type { Operation } from "./operation.ts";

/**
 * A graph as text, one operation a line, in the order of creation:
 *
 *     conv1/zeros = Const() {data: [0]} -> float32 [64]
 *     conv1/BiasAdd = BiasAdd(conv1/Conv2D, conv1/biases) -> float32 [?, 8, 8, 64]
 *
 * Outputs other than the first have their number: `split:1`. `^name` is a control dependency.
 */
export function printGraph(graph: Graph): string {
  return graph.operations.map(printOperation).join("\n");
}

/** One line of `printGraph`. */
export function printOperation(operation: Operation): string {
  const { name, type, inputs, controlInputs, outputs, attrs } = operation;
  const operands = [
    ...inputs.map(({ op, index }) => (index === 0 ? op.name : `${op.name}:${index}`)),
    ...controlInputs.map((c) => `^${c.name}`),
  ];
  const shown = formatAttrs(attrs);
  const results = outputs.map(({ dtype, shape }) => `${dtype} ${formatShape(shape)}`);
  return `${name} = ${type}(${operands.join(", ")})${shown && ` ${shown}`}${results.length === 0 ? "" : ` -> ${results.join(", ")}`}`;
}

/** The graph for Graphviz (`dot -Tsvg`): scopes are boxes, edges carry shapes, control dependencies are dashed. */
export function graphToDot(graph: Graph): string {
  const lines = [
    "digraph millrace {",
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...scopeLines(scopeTree(graph.operations)),
  ];
  for (const { id, inputs, controlInputs } of graph.operations) {
    for (const input of inputs) lines.push(`  n${input.op.id} -> n${id} [label=${quote(formatShape(input.shape))}];`);
    for (const before of controlInputs) lines.push(`  n${before.id} -> n${id} [style=dashed];`);
  }
  return [...lines, "}", ""].join("\n");
}

/** Operations by their scopes, as nested clusters. */
interface ScopeTree {
  readonly path: string;
  readonly nodes: string[];
  readonly children: Map<string, ScopeTree>;
}

function scopeTree(operations: readonly Operation[]): ScopeTree {
  const root: ScopeTree = { path: "", nodes: [], children: new Map() };
  for (const { id, name, type } of operations) {
    const scopes = name.split("/");
    const leaf = scopes.pop() ?? name;
    let tree = root;
    for (const scope of scopes) {
      const child = tree.children.get(scope) ?? { path: `${tree.path}${scope}/`, nodes: [], children: new Map() };
      tree.children.set(scope, child);
      tree = child;
    }
    tree.nodes.push(`n${id} [label=${quote(leaf === type ? leaf : `${leaf}\\n${type}`)}];`);
  }
  return root;
}

/** Recursion goes as deep as a program nests its name scopes: a few levels. */
function scopeLines({ nodes, children }: ScopeTree, indent = "  "): string[] {
  const clusters = [...children].flatMap(([scope, child]) => [
    `${indent}subgraph ${quote(`cluster_${child.path}`)} {`,
    `${indent}  label=${quote(scope)};`,
    ...scopeLines(child, `${indent}  `),
    `${indent}}`,
  ]);
  return [...nodes.map((line) => indent + line), ...clusters];
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}

/** Attributes without those that every operation shows anyway; long arrays by their length. */
function formatAttrs(attrs: object): string {
  const entries = Object.entries(attrs).filter(([key]) => key !== "dtype" && key !== "shape");
  return entries.length === 0 ? "" : `{${entries.map(([key, value]) => `${key}: ${formatAttr(value)}`).join(", ")}}`;
}

const LONGEST_LIST = 16;

function formatAttr(value: unknown): string {
  if (ArrayBuffer.isView(value)) {
    const data = value as Float64Array;
    return data.length > LONGEST_LIST ? `${data.length} elements` : `[${Array.from(data, formatNumber).join(", ")}]`;
  }
  if (Array.isArray(value)) return `[${value.map(formatAttr).join(", ")}]`;
  if (typeof value === "object" && value !== null) return formatAttrs(value) || "{}";
  return typeof value === "string" ? `"${value}"` : String(value);
}

function formatNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
