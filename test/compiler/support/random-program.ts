import fc from "fast-check";
import { Graph } from "../../../src/graph/graph.ts";
import type { Operation } from "../../../src/graph/operation.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import { applyOp } from "../../../src/ops/shared/define-op.ts";
import {
  add,
  ApplyMomentum,
  assign,
  assignAdd,
  assignSub,
  constant,
  group,
  identity,
  matmul,
  mul,
  onesLike,
  placeholder,
  relu,
  reluGrad,
  reshape,
  sub,
  variable,
} from "../../../src/ops/index.ts";

/** One line of a random program; the numbers choose operands among what there is. */
export interface Line {
  readonly kind: (typeof KINDS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const KINDS = [
  "add",
  "mul",
  "sub",
  "relu",
  "reluGrad",
  "dense",
  "reshape",
  "identity",
  "onesLike",
  "constant",
  "placeholder",
  "variable",
  "assign",
  "assignAdd",
  "assignSub",
  "momentum",
  "after",
  "group",
] as const;

/** Random programs, and what to fetch and feed of them. */
export interface RandomProgram {
  readonly lines: readonly Line[];
  readonly fetches: readonly number[];
  readonly feeds: readonly number[];
}

const index: fc.Arbitrary<number> = fc.nat({ max: 1000 });

export const randomProgram: fc.Arbitrary<RandomProgram> = fc.record({
  lines: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: index, b: index, c: index }), {
    minLength: 3,
    maxLength: 40,
  }),
  fetches: fc.array(index, { minLength: 1, maxLength: 6 }),
  feeds: fc.array(index, { maxLength: 2 }),
});

export interface BuiltProgram {
  readonly graph: Graph;
  readonly fetches: readonly (Tensor | Operation)[];
  readonly feeds: readonly Tensor[];
}

/** Every tensor has four elements, as [4], [2, 2] or [1, 4]. */
export function buildProgram({ lines, fetches, feeds }: RandomProgram): BuiltProgram {
  const graph = new Graph();
  return graph.asDefault(() => {
    const made: Made = {
      graph,
      tensors: [constant([1, -2, 3, -4])],
      variables: [variable([2, -1, 0, 1])],
      placeholders: [],
      operations: [],
    };
    for (const line of lines) buildLine(line, made);
    const { tensors, variables, placeholders, operations } = made;
    const fetchable = [...tensors, ...variables, ...operations];
    return {
      graph,
      fetches: fetches.map((at) => pick(fetchable, at)),
      feeds: [...new Set([...placeholders, ...feeds.map((at) => pick(tensors, at))])],
    };
  });
}

interface Made {
  readonly graph: Graph;
  readonly tensors: Tensor[];
  readonly variables: Tensor[];
  readonly placeholders: Tensor[];
  readonly operations: Operation[];
}

function buildLine({ kind, a, b, c }: Line, made: Made): void {
  const { graph, tensors, variables, placeholders, operations } = made;
  const x = pick([...tensors, ...variables], a);
  const y = pick([...tensors, ...variables], b);
  const before = pick([...operations, ...tensors], c);
  if (kind === "group") {
    operations.push(group(x, y, before));
    return;
  }
  if (kind === "placeholder") {
    const fed = placeholder("float32", [c % 2 ? null : 4]);
    placeholders.push(fed);
    tensors.push(fed);
  } else if (kind === "variable") {
    const fresh = variable([c % 4, 1, 2, -3]);
    variables.push(fresh);
    tensors.push(fresh);
  } else if (kind === "after") {
    const late = (): Tensor => (c % 2 ? identity(x) : add(flat(x), flat(y)));
    tensors.push(graph.controlDependencies([before], late));
  } else if (kind === "assign" || kind === "assignAdd" || kind === "assignSub") {
    tensors.push({ assign, assignAdd, assignSub }[kind](pick(variables, a), flat(y)));
  } else if (kind === "momentum") {
    tensors.push(momentum(variables, a, b, flat(y)));
  } else {
    tensors.push(PURE[kind](x, y, c));
  }
}

type PureKind = Exclude<
  Line["kind"],
  "group" | "placeholder" | "variable" | "after" | "assign" | "assignAdd" | "assignSub" | "momentum"
>;

const PURE: Readonly<Record<PureKind, (x: Tensor, y: Tensor, c: number) => Tensor>> = {
  add: (x, y) => add(flat(x), flat(y)),
  sub: (x, y) => sub(flat(x), flat(y)),
  mul: (x, y) => mul(flat(x), flat(y)),
  relu: (x) => relu(x),
  reluGrad: (x, y) => reluGrad(flat(x), flat(y)),
  dense: (x, y, c) => relu(add(matmul(reshape(x, [2, 2]), reshape(y, [2, 2])), constant([c % 5, -1]))),
  reshape: (x, _y, c) => reshape(x, pick([[4], [2, 2], [1, 4]], c)),
  identity: (x) => identity(x),
  onesLike: (x) => onesLike(x),
  constant: (_x, _y, c) => constant([c % 3, 0, -1, 0.5]),
};

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length]!;
}

function flat(tensor: Tensor): Tensor {
  return tensor.shape.length === 1 ? tensor : reshape(tensor, [4]);
}

/** An update of two variables at once, or of one when the numbers choose the same twice. */
function momentum(variables: readonly Tensor[], a: number, b: number, gradient: Tensor): Tensor {
  const ref = variables[a % variables.length]!;
  const accumulator = variables[b % variables.length]!;
  if (ref === accumulator) return assignAdd(ref, gradient);
  const scalars = { learningRate: constant(0.5), momentum: constant(0.25) };
  return applyOp(ApplyMomentum, { ref, accumulator, gradient, ...scalars }, { nesterov: false }).outputs[0]!;
}
