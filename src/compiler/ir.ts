import { BYTES_PER_ELEMENT, type DType, type HostData } from "../core/dtype.ts";
import { type ConcreteShape, sizeOf } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { plainName } from "../graph/name-inputs.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";

/**
 * What the passes rewrite: a list of nodes in single-assignment form. A `Value` is made once and never changes, also
 * where it lies in a variable: each assignment makes a new one (see `variables.ts`). So a pass may merge, move and
 * replace nodes by looking at values alone; control dependencies are gone.
 */
export interface Program {
  /** Nodes of every run; each after those whose values it reads. */
  readonly nodes: readonly Node[];
  /** Nodes that depend on constants alone and run once, when the plan is loaded. */
  readonly prologue: readonly Node[];
  /** One for each feed of the request, in its order. */
  readonly feeds: readonly Value[];
  /** One for each fetch of the request, in its order; null for a fetched operation. */
  readonly fetches: readonly (Value | null)[];
  /** Values to be computed although nobody reads them: of fetched operations and of control dependencies. */
  readonly kept: readonly Value[];
  /** Values that are another one's memory seen with another shape; filled by `resolveViews`. */
  readonly views: ReadonlyMap<Value, Value>;
  /** Counts of non-finite elements, made by `checkNumerics`. */
  readonly checks: readonly Check[];
}

/** A tensor inside the compiler. Compared by identity. */
export interface Value {
  readonly shape: ConcreteShape;
  readonly dtype: DType;
  readonly source: Source;
}

/** Where a value comes from. */
export type Source =
  /** An output of a node. */
  | { readonly kind: "node" }
  /** Written by the host before the run. */
  | { readonly kind: "feed" }
  /** A variable's value from before the run. */
  | { readonly kind: "variable"; readonly variable: Operation }
  /** A variable's storage after a node wrote to it. */
  | { readonly kind: "update"; readonly variable: Operation }
  | { readonly kind: "constant"; readonly data: HostData }
  /** An input that is read for its shape only: no memory. */
  | { readonly kind: "shape" };

export interface Node {
  readonly def: OpDef;
  /** Name of the operation it came from; of the last one when several were fused. */
  readonly name: string;
  readonly attrs: object;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** What the node does to variables; empty for most. Output 0 is then the first update's value. */
  readonly updates: readonly Update[];
  /** Output 0 is input 0 in another shape: no kernel runs. */
  readonly view: boolean;
  /** The graph's operation; null for nodes that the compiler added. */
  readonly operation: Operation | null;
}

/** A variable overwritten: `inputs[input]` is its value before, `value` its value after. */
export interface Update {
  readonly input: number;
  readonly value: Value;
}

/** `flag` counts the elements of `of` that are NaN or infinite; `operation` made `of`. */
export interface Check {
  readonly operation: Operation;
  readonly of: Value;
  readonly flag: Value;
}

export function makeValue(shape: ConcreteShape, dtype: DType, source: Source = { kind: "node" }): Value {
  return { shape, dtype, source };
}

export function makeNode(parts: Pick<Node, "def" | "name" | "inputs" | "outputs"> & Partial<Node>): Node {
  return { attrs: {}, updates: [], view: false, operation: null, ...parts };
}

/** What a node writes: its outputs and the new values of variables, each once. */
export function resultsOf({ outputs, updates }: Node): ReadonlySet<Value> {
  return new Set([...outputs, ...updates.map(({ value }) => value)]);
}

export function bytesOf({ shape, dtype }: Value): number {
  return sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
}

/** The variable in whose storage a value lies; null for all other values. */
export function variableOf({ source }: Value): Operation | null {
  return source.kind === "variable" || source.kind === "update" ? source.variable : null;
}

/** The value whose memory `value` is. */
export function rootOf(value: Value, views: Program["views"]): Value {
  let root = value;
  for (let next = views.get(root); next !== undefined; next = views.get(root)) root = next;
  return root;
}

/** Values that the host reads after the run. */
export function fetchedValues({ fetches, checks }: Program): Value[] {
  return [...fetches.filter((fetch) => fetch !== null), ...checks.map(({ flag }) => flag)];
}

/** For values read exactly once and not needed otherwise: the node that reads them. */
export function onlyReadersOf(program: Program): Map<Value, Node> {
  const readers = new Map<Value, Node>();
  const shared = new Set<Value>([...program.kept, ...fetchedValues(program)]);
  for (const node of program.nodes) {
    for (const input of node.inputs) {
      if (readers.has(input)) shared.add(input);
      readers.set(input, node);
    }
  }
  for (const value of shared) readers.delete(value);
  return readers;
}

/** Never merged with a twin, never computed ahead of the run. */
export function isStateful({ def: { traits }, updates }: Node): boolean {
  return updates.length > 0 || traits.stateful === true || traits.random === true;
}

/** Positions of the inputs that the op's declaration calls by one of `names`; a list input stands for all its items. */
export function inputPositions(def: OpDef, names: readonly string[] | undefined, count: number): number[] {
  if (names === undefined || names.length === 0) return [];
  const positions: number[] = [];
  for (let position = 0; position < count; position++) {
    const declared = def.inputs[Math.min(position, def.inputs.length - 1)] ?? "";
    if (names.includes(plainName(declared))) positions.push(position);
  }
  return positions;
}

/** Inputs whose values are read: not those of which only the shape counts, and none of an op that folds from shapes. */
export function dataInputs({ def, inputs }: Operation): readonly Tensor[] {
  if (def.fold !== undefined) return [];
  const shapeOnly = inputPositions(def, def.traits.shapeOnly, inputs.length);
  return shapeOnly.length === 0 ? inputs : inputs.filter((_, position) => !shapeOnly.includes(position));
}

/** Every mention of a value replaced by what `replace` gives. */
export function mapValues(program: Program, replace: (value: Value) => Value): Program {
  return {
    ...program,
    nodes: program.nodes.map((node) => mapInputs(node, replace)),
    prologue: program.prologue.map((node) => mapInputs(node, replace)),
    fetches: program.fetches.map((fetch) => (fetch === null ? null : replace(fetch))),
    kept: program.kept.map(replace),
    checks: program.checks.map((check) => ({ ...check, of: replace(check.of), flag: replace(check.flag) })),
  };
}

/** The node itself when none of its inputs changes. */
export function mapInputs(node: Node, replace: (value: Value) => Value): Node {
  let changed = false;
  const inputs = node.inputs.map((input) => {
    const other = replace(input);
    changed ||= other !== input;
    return other;
  });
  return changed ? { ...node, inputs } : node;
}
