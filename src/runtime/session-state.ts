import { GraphError, type OperandLine } from "../core/errors.ts";
import type { NDArray } from "../core/ndarray.ts";
import { formatShape, isCompatible } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { globalVariables, type Variable } from "../ops/variable.ts";

/**
 * What the runs of a session leave behind: with it, a session of the same graph (or of one built the same way) goes on
 * with the same numbers, bit by bit. On the reference backend float32 values are float64 arrays.
 */
export interface SessionState {
  /** Values of the variables that have one, by the name of their operation: `conv1/weights`. */
  readonly variables: ReadonlyMap<string, NDArray>;
  /** How often each random operation has run, by name: what its next numbers follow from, beside its seed. */
  readonly randomRuns: ReadonlyMap<string, number>;
}

/** What a session can go on from. Without `randomRuns`, random operations go on as if nothing had happened. */
export type ImportedState = Pick<SessionState, "variables"> & Partial<SessionState>;

/** A variable and the value it gets. */
interface Restored {
  readonly variable: Variable;
  readonly value: NDArray;
}

/** The assignments and counts that a state means in this graph. @throws GraphError that lists everything that does not fit. */
export function matchState(
  state: ImportedState,
  graph: Graph,
): { values: Restored[]; randomRuns: Map<Operation, number> | undefined } {
  const problems: OperandLine[] = [];
  const variables = new Map(globalVariables(graph).map((variable) => [variable.op.name, variable]));
  const values: Restored[] = [];
  for (const [name, value] of state.variables) {
    const variable = variables.get(name);
    if (variable === undefined) {
      problems.push({ name, value: formatShape(value.shape), note: "the graph has no such variable" });
    } else if (variable.dtype !== value.dtype || !isCompatible(variable.shape, value.shape)) {
      const note = `the graph's is ${formatShape(variable.shape)} ${variable.dtype}`;
      problems.push({ name, value: `${formatShape(value.shape)} ${value.dtype}`, note });
    } else {
      values.push({ variable, value });
    }
  }
  const randomRuns = state.randomRuns && matchRuns(state.randomRuns, graph, problems);
  if (problems.length === 0) return { values, randomRuns };
  throw new GraphError({
    problem: "importState: the state belongs to a graph that was built differently.",
    operands: problems,
    fix: "build the same graph, in the same order, as the one the state was exported from.",
  });
}

function matchRuns(
  randomRuns: ReadonlyMap<string, number>,
  graph: Graph,
  problems: OperandLine[],
): Map<Operation, number> {
  const randomOps = new Map(graph.operations.filter(({ def }) => def.traits.random).map((op) => [op.name, op]));
  const matched = new Map<Operation, number>();
  for (const [name, runs] of randomRuns) {
    const operation = randomOps.get(name);
    if (operation !== undefined) matched.set(operation, runs);
    else problems.push({ name, value: `${runs} runs`, note: "the graph has no such random operation" });
  }
  return matched;
}

/** What gives a variable a value without adding to the graph: its initializer, whose initial value is fed. */
export function assignmentOf({ variable, value }: Restored): { fetch: Operation; feeds: [Tensor, NDArray][] } {
  return { fetch: variable.initializer, feeds: [[variable.initialValue, value]] };
}
