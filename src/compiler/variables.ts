import type { Operation } from "../graph/operation.ts";
import type { Tensor } from "../graph/tensor.ts";
import { assignedToFed } from "./feed-errors.ts";
import { dataInputs, inputPositions } from "./ir.ts";
import type { Selection } from "./passes/select.ts";

/**
 * Which value of a variable a reader sees.
 *
 * TensorFlow's variables are references, and a run that both reads and assigns one without ordering the two may see
 * either value. Here it is always the same one:
 *
 * - The assignments to a variable in one run happen in the order of their creation. (One that depends on another was
 *   created later, so dependencies are respected.) They number its values: 0 is the value from before the run, k the
 *   value after the k-th assignment.
 * - A reader sees the value after the last assignment that it depends on, through data or control dependencies; a
 *   reader that depends on none sees value 0. Fetching the variable itself depends on nothing, so it is value 0;
 *   fetching what `assign` returned is the value after it.
 * - `identity(v)` reads at that point: its readers see the value that it saw, whatever is assigned later.
 *
 * Every value is a `Value` of its own in the program, so what follows is plain data flow. Only when the steps are put
 * in order (`passes/schedule.ts`) does it matter that all values of a variable share one storage: readers of value k go
 * before the assignment that makes value k + 1, and where that is impossible (a swap) value k is copied first.
 *
 * An op that overwrites a variable does so element by element, reading each element of its inputs before it writes the
 * same element: its other inputs may therefore be the old value of that variable.
 */
export class VariableValues {
  /** Assignments in order, for each variable. */
  readonly #assignments = new Map<Operation, Operation[]>();
  readonly #indexOf = new Map<Operation, number>();
  /** A set of assignments as bits, for each operation that depends on any. Equal sets are often one array. */
  readonly #dependsOn = new Map<Operation, Uint32Array>();
  readonly #fed: ReadonlySet<Tensor>;

  constructor({ operations, fed }: Selection) {
    this.#fed = fed;
    for (const operation of operations) this.#addAssignment(operation);
    const words = Math.ceil(this.#indexOf.size / 32);
    if (words === 0) return;
    for (const operation of operations) this.#collectDependencies(operation, words);
  }

  /** The variable that a tensor is a reference to: `v` itself or what an assignment to it returned; else null. */
  variableOf(tensor: Tensor): Operation | null {
    let reference: Tensor | undefined = tensor;
    while (reference !== undefined && !this.#fed.has(reference) && reference.index === 0) {
      if (reference.op.type === "Variable") return reference.op;
      const [first] = mutatedInputs(reference.op);
      reference = first === undefined ? undefined : reference.op.inputs[first];
    }
    return null;
  }

  /** The number of the value that `reader` sees. */
  seenBy(reader: Operation, variable: Operation): number {
    return this.#lastOf(variable, (index) => this.#dependsOnAssignment(reader, index));
  }

  /** The number of the value that a fetched reference stands for. */
  fetched(tensor: Tensor, variable: Operation): number {
    return this.#lastOf(
      variable,
      (index, assignment) => assignment === tensor.op || this.#dependsOnAssignment(tensor.op, index),
    );
  }

  /** The number of the value that an assignment overwrites; it makes the next one. */
  before(assignment: Operation, variable: Operation): number {
    return this.#assignments.get(variable)?.indexOf(assignment) ?? 0;
  }

  #addAssignment(operation: Operation): void {
    for (const position of mutatedInputs(operation)) {
      const variable = this.variableOf(operation.inputs[position]!);
      if (variable === null) throw assignedToFed(operation, operation.inputs[position]!);
      const list = this.#assignments.get(variable);
      if (list === undefined) this.#assignments.set(variable, [operation]);
      else list.push(operation);
      if (!this.#indexOf.has(operation)) this.#indexOf.set(operation, this.#indexOf.size);
    }
  }

  #collectDependencies(operation: Operation, words: number): void {
    let set: Uint32Array | undefined;
    let isOwn = false;
    for (const before of [
      ...dataInputs(operation)
        .filter((input) => !this.#fed.has(input))
        .map(({ op }) => op),
      ...operation.controlInputs,
    ]) {
      const index = this.#indexOf.get(before);
      for (const other of [this.#dependsOn.get(before), index === undefined ? undefined : singleton(index, words)]) {
        if (other === undefined || other === set) continue;
        if (set === undefined) {
          set = other;
          continue;
        }
        if (!isOwn) set = set.slice();
        isOwn = true;
        for (let word = 0; word < words; word++) set[word]! |= other[word]!;
      }
    }
    if (set !== undefined) this.#dependsOn.set(operation, set);
  }

  #dependsOnAssignment(reader: Operation, index: number): boolean {
    const set = this.#dependsOn.get(reader);
    return set !== undefined && (set[index >>> 5]! & (1 << (index & 31))) !== 0;
  }

  #lastOf(variable: Operation, counts: (index: number, assignment: Operation) => boolean): number {
    const assignments = this.#assignments.get(variable) ?? [];
    return 1 + assignments.findLastIndex((assignment) => counts(this.#indexOf.get(assignment)!, assignment));
  }
}

/** Positions of the inputs that an operation overwrites. */
export function mutatedInputs({ def, inputs }: Operation): number[] {
  return inputPositions(def, def.traits.mutates, inputs.length);
}

function singleton(index: number, words: number): Uint32Array {
  const set = new Uint32Array(words);
  set[index >>> 5] = 1 << (index & 31);
  return set;
}
