import { Copy } from "../../ops/copy.ts";
import { countWaits, type Dependencies, dependenciesOf } from "../dependencies.ts";
import {
  bytesOf,
  makeNode,
  makeValue,
  mapInputs,
  type Node,
  type Program,
  resultsOf,
  rootOf,
  type Value,
  variableOf,
} from "../ir.ts";

/**
 * Copies a variable's value where it is needed after the variable is overwritten: when it is fetched, and when its
 * readers cannot all go before the assignment (two variables that swap their values). Afterwards some order of the
 * nodes has every reader before the overwriter.
 */
export function copyOldValues(program: Program): Program {
  const isAssigning = program.nodes.some(({ updates }) => updates.length > 0);
  return isAssigning ? new Copying(copyFetched(program)).run() : program;
}

function copyFetched(program: Program): Program {
  const { overwriter } = dependenciesOf(program);
  const needsCopy = (value: Value | null): value is Value =>
    value !== null && overwriter.has(rootOf(value, program.views));
  if (!program.fetches.some(needsCopy)) return program;
  const copies = new Copies(program);
  const fetches = program.fetches.map((fetch) => (needsCopy(fetch) ? copies.of(fetch) : fetch));
  return copies.insert({ ...program, fetches });
}

/** Finds cycles by removing what can run, in order, until nothing is left that waits. */
class Copying {
  readonly #program: Program;
  readonly #links: Dependencies;
  /** Producers still to run, for each node; and readers still to run of what the node overwrites. */
  readonly #waits: { data: Int32Array; order: Int32Array };
  readonly #done: Uint8Array;
  readonly #copies: Copies;
  /** For nodes that read copies: what they read instead. */
  readonly #redirected = new Map<number, Set<Value>>();

  constructor(program: Program) {
    this.#program = program;
    this.#links = dependenciesOf(program);
    this.#waits = countWaits(program, this.#links);
    this.#done = new Uint8Array(program.nodes.length);
    this.#copies = new Copies(program);
  }

  run(): Program {
    const { nodes } = this.#program;
    const queue: number[] = [];
    for (let position = 0; position < nodes.length; position++) if (this.#isReady(position)) queue.push(position);
    for (let head = 0; queue.length < nodes.length || head < queue.length; head++) {
      if (head === queue.length) this.#breakCycle(queue);
      this.#finish(queue[head]!, queue);
    }
    if (this.#redirected.size === 0) return this.#program;
    const redirect = (node: Node, position: number): Node => {
      const values = this.#redirected.get(position);
      if (values === undefined) return node;
      return mapInputs(node, (input) =>
        values.has(rootOf(input, this.#program.views)) ? this.#copies.of(input) : input,
      );
    };
    return this.#copies.insert({ ...this.#program, nodes: nodes.map(redirect) });
  }

  #isReady(position: number): boolean {
    return this.#waits.data[position] === 0 && this.#waits.order[position] === 0;
  }

  #finish(position: number, queue: number[]): void {
    const { reads, readers, overwriter } = this.#links;
    this.#done[position] = 1;
    const release = (waits: Int32Array, other: number): void => {
      waits[other]!--;
      if (this.#isReady(other)) queue.push(other);
    };
    for (const value of reads[position]!) {
      const next = overwriter.get(value);
      if (next !== undefined && next !== position && !this.#redirected.get(position)?.has(value))
        release(this.#waits.order, next);
    }
    for (const made of resultsOf(this.#program.nodes[position]!)) {
      for (const reader of readers.get(made) ?? []) release(this.#waits.data, reader);
    }
  }

  /** Nothing can run: somewhere overwriters wait for each other's readers. Copies the smallest value of one such circle. */
  #breakCycle(queue: number[]): void {
    const [position, value] = this.#findCycle().reduce((best, other) =>
      bytesOf(other[1]) < bytesOf(best[1]) ? other : best,
    );
    for (const reader of this.#waitingReaders(position, value)) {
      const values = this.#redirected.get(reader) ?? new Set();
      this.#redirected.set(reader, values.add(value));
      this.#waits.order[position]!--;
    }
    if (this.#isReady(position)) queue.push(position);
    else this.#breakCycle(queue);
  }

  /** Walks from a waiting node to what it waits for until it comes back to where it was. */
  #findCycle(): (readonly [overwriter: number, value: Value])[] {
    const { nodes } = this.#program;
    const path: { position: number; value: Value | null }[] = [];
    const seen = new Map<number, number>();
    let position = this.#done.indexOf(0);
    while (!seen.has(position)) {
      seen.set(position, path.length);
      const missing = this.#links.reads[position]!.map((value) => this.#links.producer.get(value)).find(
        (producer) => producer !== undefined && this.#done[producer] === 0,
      );
      if (missing !== undefined) {
        path.push({ position, value: null });
        position = missing;
        continue;
      }
      const overwritten = nodes[position]!.updates.map(({ input }) => nodes[position]!.inputs[input]!);
      const value = overwritten.find((old) => this.#waitingReaders(position, old).length > 0)!;
      path.push({ position, value });
      position = this.#waitingReaders(position, value)[0]!;
    }
    return path
      .slice(seen.get(position))
      .flatMap(({ position: at, value }) => (value === null ? [] : [[at, value] as const]));
  }

  #waitingReaders(overwriter: number, value: Value): number[] {
    return this.#links.readers
      .get(value)!
      .filter(
        (reader) => reader !== overwriter && this.#done[reader] === 0 && !this.#redirected.get(reader)?.has(value),
      );
  }
}

/** Copies of values and of views of them, each made once. */
class Copies {
  readonly #views: Map<Value, Value>;
  readonly #copies = new Map<Value, Value>();

  constructor({ views }: Program) {
    this.#views = new Map(views);
  }

  /** The copy of a value; for a view, the same view of the copy. */
  of(value: Value): Value {
    let copy = this.#copies.get(value);
    if (copy !== undefined) return copy;
    copy = makeValue(value.shape, value.dtype);
    this.#copies.set(value, copy);
    const root = rootOf(value, this.#views);
    if (root !== value) this.#views.set(copy, this.of(root));
    return copy;
  }

  /** Adds the copying nodes, each before the first node that reads or overwrites what is copied. */
  insert(program: Program): Program {
    const pending = new Map([...this.#copies].filter(([value]) => rootOf(value, this.#views) === value));
    const nodes: Node[] = [];
    const add = (value: Value, copy: Value): void => {
      const variable = variableOf(value);
      const name = variable === null ? "copy" : `${variable.name}/copy`;
      nodes.push(makeNode({ def: Copy, name, inputs: [value], outputs: [copy] }));
    };
    const byCopy = new Map([...pending].map(([value, copy]) => [copy, value]));
    const done = new Set<Value>();
    for (const node of program.nodes) {
      for (const input of node.inputs) {
        const root = rootOf(input, this.#views);
        const value = byCopy.get(root) ?? (pending.has(root) ? root : undefined);
        if (value === undefined || done.has(value)) continue;
        done.add(value);
        add(value, pending.get(value)!);
      }
      nodes.push(node);
    }
    return { ...program, nodes, views: this.#views };
  }
}
