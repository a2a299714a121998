import type { Operation } from "../../../src/graph/operation.ts";
import type { Tensor } from "../../../src/graph/tensor.ts";
import type { BuiltProgram } from "./random-program.ts";

/**
 * Says what a run of a random program must give, straight from the graph and from the rules in `variables.ts`, with no
 * regard for speed: which assignments a reader depends on is found by walking the graph again for each reader.
 */
export class Interpreter {
  readonly variables: Map<Operation, Float32Array> = new Map<Operation, Float32Array>();

  run({ fetches, feeds }: BuiltProgram, fed: readonly (readonly number[])[]): (number[] | null)[] {
    const values = new Map<Tensor, Float32Array>(
      feeds.map((tensor, index) => [tensor, Float32Array.from(fed[index]!)]),
    );
    const isFed = (tensor: Tensor): boolean => feeds.includes(tensor);
    const before = (operation: Operation): Operation[] => [
      ...operation.inputs
        .filter((input, position) => !isFed(input) && !(operation.type === "OnesLike" && position === 0))
        .map(({ op }) => op),
      ...operation.controlInputs.filter(({ type }) => type !== "Placeholder"),
    ];
    const closure = (from: readonly Operation[]): Set<Operation> => {
      const found = new Set(from);
      for (const operation of found) for (const other of before(operation)) found.add(other);
      return found;
    };
    const roots = fetches
      .flatMap((fetch) => ("op" in fetch ? (isFed(fetch) ? [] : [fetch.op]) : [fetch]))
      .filter(({ type }) => type !== "Placeholder");
    const running = [...closure(roots)].sort((a, b) => a.id - b.id);

    const assignments = (variable: Operation): Operation[] =>
      running.filter((operation) => mutatedBy(operation).includes(variable));
    const history = new Map<Operation, Float32Array[]>();
    const historyOf = (variable: Operation): Float32Array[] => {
      let list = history.get(variable);
      if (list === undefined) history.set(variable, (list = [this.variables.get(variable) ?? new Float32Array(4)]));
      return list;
    };
    const seen = (reader: Operation | null, variable: Operation, includesReader: boolean): Float32Array => {
      const ancestors = reader === null ? new Set<Operation>() : closure([reader]);
      if (!includesReader && reader !== null) ancestors.delete(reader);
      const number = 1 + assignments(variable).findLastIndex((assignment) => ancestors.has(assignment));
      return historyOf(variable)[number]!;
    };
    const read = (reader: Operation, tensor: Tensor): Float32Array => {
      const variable = isFed(tensor) ? null : variableOf(tensor);
      return variable === null ? values.get(tensor)! : seen(reader, variable, false);
    };

    for (const operation of running) {
      const mutated = mutatedBy(operation);
      const current = mutated.map((variable) => historyOf(variable).at(-1)!);
      const inputs = operation.inputs.map((input, position) => {
        if (position < mutated.length) return current[position]!;
        return operation.type === "OnesLike" ? new Float32Array(4) : read(operation, input);
      });
      const results = evaluate(operation, inputs);
      for (const [position, variable] of mutated.entries()) historyOf(variable).push(results[position]!);
      const [output] = operation.outputs;
      if (mutated.length === 0 && output !== undefined && !isFed(output) && operation.type !== "Variable")
        values.set(output, results[0]!);
    }
    const fetched = fetches.map((fetch) => {
      if (!("op" in fetch)) return null;
      const variable = isFed(fetch) ? null : variableOf(fetch);
      return [...(variable === null ? values.get(fetch)! : seen(fetch.op, variable, true))];
    });
    for (const [variable, list] of history) this.variables.set(variable, list.at(-1)!);
    return fetched;
  }
}

function mutatedBy({ type, inputs }: Operation): Operation[] {
  const count = type === "ApplyMomentum" ? 2 : type.startsWith("Assign") ? 1 : 0;
  return inputs.slice(0, count).map((input) => variableOf(input)!);
}

/** The variable that a tensor refers to. In these programs only variables themselves are assigned to. */
function variableOf({ op }: Tensor): Operation | null {
  if (op.type === "Variable") return op;
  return mutatedBy(op)[0] ?? null;
}

function evaluate({ type, attrs }: Operation, inputs: readonly Float32Array[]): Float32Array[] {
  const [a, b, rate, gradient, momentum] = inputs as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const each = (f: (x: number, y: number) => number): Float32Array[] => [
    a.map((x, i) => f(x, (b ?? a)[b === undefined ? i : i % b.length]!)),
  ];
  if (type === "Add" || type === "AssignAdd") return each((x, y) => x + y);
  if (type === "Sub" || type === "AssignSub") return each((x, y) => x - y);
  if (type === "Mul") return each((x, y) => x * y);
  if (type === "Relu") return each((x) => Math.max(x, 0));
  if (type === "ReluGrad") return each((x, y) => (y > 0 ? x : 0));
  if (type === "Assign") return each((_x, y) => y);
  if (type === "OnesLike") return [new Float32Array(4).fill(1)];
  if (type === "Const" && "data" in attrs) return [Float32Array.from(attrs.data as Float32Array)];
  if (type === "MatMul") {
    return [Float32Array.from([0, 1, 2, 3], (at) => a[at & 2]! * b[at & 1]! + a[(at & 2) + 1]! * b[2 + (at & 1)]!)];
  }
  if (type === "ApplyMomentum") {
    const accumulator = b.map((value, i) => value * momentum[0]! + gradient[i]!);
    return [a.map((value, i) => value - rate[0]! * accumulator[i]!), accumulator];
  }
  return [a ?? new Float32Array(4)];
}
