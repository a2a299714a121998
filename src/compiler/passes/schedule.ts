import { InternalError } from "../../core/errors.ts";
import { countWaits, type Dependencies, dependenciesOf } from "../dependencies.ts";
import { Heap } from "../heap.ts";
import { bytesOf, fetchedValues, type Node, type Program, resultsOf, rootOf, type Value } from "../ir.ts";

/**
 * Puts the nodes in the order they run in, so that memory peaks low. Each time, of the nodes that can run:
 *
 * - one that needs no more memory than it frees goes first, the one that frees most: an update runs as soon as its
 *   gradient is there, and a result is used up while it is still in the cache;
 * - else the first in the order of the program, which its author chose; nodes that read nothing but variables and
 *   constants wait until the first node that wants their result.
 *
 * Readers of a variable's value go before the assignment that overwrites it.
 */
export function schedule(program: Program): Program {
  return new Scheduler(program, true).run();
}

/** The order of the program as it is, but for readers of variables, which go before the overwriting assignment. */
export function scheduleInProgramOrder(program: Program): Program {
  return new Scheduler(program, false).run();
}

interface Candidate {
  readonly position: number;
  /** Bytes by which memory grows when it runs; 0 or less for what is in the freeing heap. */
  readonly growth: number;
}

class Scheduler {
  readonly #program: Program;
  readonly #byMemory: boolean;
  readonly #links: Dependencies;
  readonly #waits: { data: Int32Array; order: Int32Array };
  readonly #rank: Int32Array;
  readonly #done: Uint8Array;
  /** For each value in the arena: how many readers are still to run, and the exclusive or of their positions. */
  readonly #left = new Map<Value, { count: number; positions: number }>();
  readonly #ready: Heap<number>;
  readonly #freeing: Heap<Candidate>;

  constructor(program: Program, byMemory: boolean) {
    this.#program = program;
    this.#byMemory = byMemory;
    this.#links = dependenciesOf(program);
    this.#waits = countWaits(program, this.#links);
    this.#done = new Uint8Array(program.nodes.length);
    this.#rank = byMemory ? ranks(program, this.#links) : Int32Array.from(program.nodes.keys());
    const order = (a: number, b: number): number => this.#rank[a]! - this.#rank[b]! || a - b;
    this.#ready = new Heap(order);
    this.#freeing = new Heap((a, b) => a.growth - b.growth || order(a.position, b.position));
    this.#countReaders();
  }

  run(): Program {
    const { nodes } = this.#program;
    for (let position = 0; position < nodes.length; position++) this.#offer(position);
    const ordered: Node[] = [];
    for (let position = this.#next(); position !== undefined; position = this.#next()) {
      ordered.push(nodes[position]!);
      this.#finish(position);
    }
    if (ordered.length === nodes.length) return { ...this.#program, nodes: ordered };
    const stuck = nodes[this.#done.indexOf(0)]!;
    throw new InternalError({
      problem: `the scheduler found no order for "${stuck.name}".`,
      fix: "report this as a bug.",
    });
  }

  /** Memory that comes and goes: results and feeds that nobody fetches. */
  #countReaders(): void {
    const { prologue, views } = this.#program;
    const lasting = new Set(prologue.flatMap(({ outputs }) => outputs));
    for (const value of fetchedValues(this.#program)) lasting.add(rootOf(value, views));
    for (const [value, readers] of this.#links.readers) {
      const { kind } = value.source;
      if ((kind !== "node" && kind !== "feed") || lasting.has(value)) continue;
      this.#left.set(value, { count: readers.length, positions: readers.reduce((all, position) => all ^ position, 0) });
    }
  }

  #growth(position: number): number {
    let growth = 0;
    for (const output of this.#program.nodes[position]!.outputs)
      if (output.source.kind === "node") growth += bytesOf(output);
    for (const value of this.#links.reads[position]!) if (this.#left.get(value)?.count === 1) growth -= bytesOf(value);
    return growth;
  }

  #isReady(position: number): boolean {
    return this.#done[position] === 0 && this.#waits.data[position] === 0 && this.#waits.order[position] === 0;
  }

  #offer(position: number): void {
    if (!this.#isReady(position)) return;
    this.#ready.push(position);
    this.#offerFreeing(position);
  }

  #offerFreeing(position: number): void {
    const growth = this.#byMemory ? this.#growth(position) : Infinity;
    if (growth <= 0) this.#freeing.push({ position, growth });
  }

  #next(): number | undefined {
    for (let top = this.#freeing.pop(); top !== undefined; top = this.#freeing.pop()) {
      if (this.#done[top.position] === 0) return top.position;
    }
    for (let top = this.#ready.pop(); top !== undefined; top = this.#ready.pop()) {
      if (this.#done[top] === 0) return top;
    }
    return undefined;
  }

  #finish(position: number): void {
    this.#done[position] = 1;
    const { reads, readers, overwriter } = this.#links;
    for (const value of reads[position]!) {
      const left = this.#left.get(value);
      if (left !== undefined) {
        left.count--;
        left.positions ^= position;
        // The last reader frees the value: running it has become better.
        if (left.count === 1 && this.#isReady(left.positions)) this.#offerFreeing(left.positions);
      }
      const next = overwriter.get(value);
      if (next !== undefined && next !== position) {
        this.#waits.order[next]!--;
        this.#offer(next);
      }
    }
    for (const made of resultsOf(this.#program.nodes[position]!)) {
      for (const reader of readers.get(made) ?? []) {
        this.#waits.data[reader]!--;
        this.#offer(reader);
      }
    }
  }
}

/**
 * Where each node stands in the program's order. A node that depends on nothing that changes while the plan runs could
 * go at any time: it stands with the first node that wants its result.
 */
function ranks({ nodes }: Program, { reads, producer, readers }: Dependencies): Int32Array {
  const rank = Int32Array.from(nodes.keys());
  const waits = new Uint8Array(nodes.length);
  for (const [position, node] of nodes.entries()) {
    const isFree = reads[position]!.every((value) => {
      const maker = producer.get(value);
      return (
        value.source.kind === "update" || (value.source.kind !== "feed" && (maker === undefined || waits[maker] === 1))
      );
    });
    waits[position] = isFree && node.updates.length === 0 ? 1 : 0;
  }
  for (let position = nodes.length - 1; position >= 0; position--) {
    if (waits[position] === 0) continue;
    let first = Infinity;
    for (const output of nodes[position]!.outputs) {
      for (const reader of readers.get(output) ?? []) first = Math.min(first, rank[reader]!);
    }
    if (first !== Infinity) rank[position] = first;
  }
  return rank;
}
