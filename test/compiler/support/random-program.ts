import fc from "fast-check";
import { Graph } from "../../../src/graph/graph.ts";
import type { Operation } from "../../../src/graph/operation.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import { applyOp } from "../../../src/ops/define-op.ts";
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
  lines: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: index, b: index, c: index }), { minLength: 3, maxLength: 40 }),
  fetches: fc.array(index, { minLength: 1, maxLength: 6 }),
  feeds: fc.array(index, { maxLength: 2 }),
});

export interface BuiltProgram {
  readonly graph: Graph;
  readonly fetches: readonly (Tensor | Operation)[];
  readonly feeds: readonly Tensor[];
  readonly variables: readonly Tensor[];
}

/** Every tensor has four elements, as [4], [2, 2] or [1, 4]. */
export function buildProgram({ lines, fetches, feeds }: RandomProgram): BuiltProgram {
  const graph = new Graph();
  return graph.asDefault(() => {
    const tensors: Tensor[] = [constant([1, -2, 3, -4])];
    const variables: Tensor[] = [variable([2, -1, 0, 1])];
    const placeholders: Tensor[] = [];
    const operations: Operation[] = [];
    const pick = <T>(from: readonly T[], at: number): T => from[at % from.length]!;
    const flat = (tensor: Tensor): Tensor => (tensor.shape.length === 1 ? tensor : reshape(tensor, [4]));
    const square = (tensor: Tensor): Tensor => reshape(tensor, [2, 2]);
    for (const { kind, a, b, c } of lines) {
      const x = pick([...tensors, ...variables], a);
      const y = pick([...tensors, ...variables], b);
      const ref = pick(variables, a);
      let made: Tensor;
      if (kind === "add") made = add(flat(x), flat(y));
      else if (kind === "sub") made = sub(flat(x), flat(y));
      else if (kind === "mul") made = mul(flat(x), flat(y));
      else if (kind === "relu") made = relu(x);
      else if (kind === "reluGrad") made = reluGrad(flat(x), flat(y));
      else if (kind === "dense") made = relu(add(matmul(square(x), square(y)), constant([c % 5, -1])));
      else if (kind === "reshape") made = reshape(x, pick([[4], [2, 2], [1, 4]], c));
      else if (kind === "identity") made = identity(x);
      else if (kind === "onesLike") made = onesLike(x);
      else if (kind === "constant") made = constant([c % 3, 0, -1, 0.5]);
      else if (kind === "assign") made = assign(ref, flat(y));
      else if (kind === "assignAdd") made = assignAdd(ref, flat(y));
      else if (kind === "assignSub") made = assignSub(ref, flat(y));
      else if (kind === "after") made = graph.controlDependencies([pick([...operations, ...tensors], c)], () => (c % 2 ? identity(x) : add(flat(x), flat(y))));
      else if (kind === "placeholder") placeholders.push((made = placeholder("float32", [c % 2 ? null : 4])));
      else if (kind === "variable") variables.push((made = variable([c % 4, 1, 2, -3])));
      else if (kind === "group") {
        operations.push(group(x, y, pick([...operations, ...tensors], c)));
        continue;
      } else made = momentum(variables, a, b, flat(y)) ?? ref;
      tensors.push(made);
    }
    const fetchable = [...tensors, ...variables, ...operations];
    const chosen = feeds.map((at) => pick(tensors, at));
    return { graph, fetches: fetches.map((at) => pick(fetchable, at)), feeds: [...new Set([...placeholders, ...chosen])], variables };
  });
}

/** An update of two variables at once; undefined when there is but one. */
function momentum(variables: readonly Tensor[], a: number, b: number, gradient: Tensor): Tensor | undefined {
  const ref = variables[a % variables.length]!;
  const accumulator = variables[b % variables.length]!;
  if (ref === accumulator) return undefined;
  const scalars = { learningRate: constant(0.5), momentum: constant(0.25) };
  return applyOp(ApplyMomentum, { ref, accumulator, gradient, ...scalars }, { nesterov: false }).outputs[0]!;
}
