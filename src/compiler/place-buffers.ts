import type { Operation } from "../graph/operation.ts";
import {
  bytesOf,
  fetchedValues,
  inputPositions,
  type Node,
  type Program,
  rootOf,
  type Value,
  variableOf,
} from "./ir.ts";
import type { Piece } from "./pack-arena.ts";
import type { Buffer } from "./plan.ts";

/** A buffer while the plan is made: its offset comes last. */
export interface DraftBuffer extends Omit<Buffer, "offset"> {
  offset: number;
}

export interface Placement {
  readonly buffers: readonly DraftBuffer[];
  /** The buffer of every value that has memory of its own; views have their root's. */
  readonly bufferOf: ReadonlyMap<Value, DraftBuffer>;
  /** When each arena buffer is in use: 0 before the first node, position + 1 at a node, nodes + 1 after the last. */
  readonly lifetimes: ReadonlyMap<DraftBuffer, Lifetime>;
  /** The same for arena buffers of the prologue, counted in its nodes. */
  readonly prologueLifetimes: ReadonlyMap<DraftBuffer, Lifetime>;
}

export type Lifetime = Omit<Piece, "bytes">;

/** Decides which memory each value lies in: a variable's, a constant's, or a piece of the arena; in place where allowed. */
export function placeBuffers(program: Program, options: { readonly inPlace: boolean }): Placement {
  return new Placing(program, options.inPlace).run();
}

interface Interval {
  start: number;
  end: number;
}

class Placing {
  readonly #program: Program;
  readonly #inPlace: boolean;
  readonly #buffers: DraftBuffer[] = [];
  readonly #bufferOf = new Map<Value, DraftBuffer>();
  readonly #variables = new Map<Operation, DraftBuffer>();

  constructor(program: Program, inPlace: boolean) {
    this.#program = program;
    this.#inPlace = inPlace;
  }

  run(): Placement {
    const { prologue, nodes, feeds, views } = this.#program;
    const lastReads = readTimes(nodes, views);
    const fetched = fetchedValues(this.#program).map((value) => rootOf(value, views));
    for (const value of fetched) lastReads.set(value, nodes.length + 1);

    const prologueLifetimes = new Map<DraftBuffer, Interval>();
    const prologueReads = readTimes(prologue, views);
    // A result of the prologue that the runs read stays; all others come and go in the arena.
    const stays = (value: Value): boolean => lastReads.has(value);
    this.#placeList(prologue, prologueReads, prologueLifetimes, stays);

    const lifetimes = new Map<DraftBuffer, Interval>();
    for (const feed of feeds) {
      const buffer = this.#arena(feed);
      lifetimes.set(buffer, { start: 0, end: lastReads.get(feed) ?? 0 });
    }
    this.#placeList(nodes, lastReads, lifetimes, () => false);
    for (const value of fetched) this.#require(value);
    return { buffers: this.#buffers, bufferOf: this.#bufferOf, lifetimes, prologueLifetimes };
  }

  #placeList(
    nodes: readonly Node[],
    lastReads: ReadonlyMap<Value, number>,
    lifetimes: Map<DraftBuffer, Interval>,
    stays: (value: Value) => boolean,
  ): void {
    for (const [position, node] of nodes.entries()) {
      const now = position + 1;
      for (const input of node.inputs) this.#require(rootOf(input, this.#program.views));
      for (const { value } of node.updates) this.#require(value);
      for (const [index, output] of node.outputs.entries()) {
        if (output.source.kind !== "node") {
          this.#require(output);
          continue;
        }
        if (stays(output)) {
          this.#bufferOf.set(output, this.#make({ bytes: bytesOf(output), place: "constant" }));
          continue;
        }
        const end = Math.max(now, lastReads.get(output) ?? 0);
        const reused = index === 0 && this.#inPlace ? this.#takenOver(node, now, lastReads, lifetimes) : undefined;
        if (reused === undefined) {
          lifetimes.set(this.#arena(output), { start: now, end });
        } else {
          this.#bufferOf.set(output, reused);
          lifetimes.get(reused)!.end = end;
        }
      }
    }
  }

  /** The buffer of an input that output 0 may take over: read here for the last time, as large, and declared so by the op. */
  #takenOver(
    node: Node,
    now: number,
    lastReads: ReadonlyMap<Value, number>,
    lifetimes: ReadonlyMap<DraftBuffer, Interval>,
  ): DraftBuffer | undefined {
    const { def, inputs, outputs } = node;
    const allowed = inputPositions(def, def.traits.inPlace, inputs.length);
    for (const position of allowed) {
      const value = rootOf(inputs[position]!, this.#program.views);
      // A feed's buffer is the host's to write: it is never computed into.
      if (value.source.kind !== "node" || lastReads.get(value) !== now || bytesOf(value) !== bytesOf(outputs[0]!))
        continue;
      const buffer = this.#bufferOf.get(value);
      if (buffer === undefined || !lifetimes.has(buffer)) continue;
      const isSafe = inputs.every(
        (input, other) => allowed.includes(other) || rootOf(input, this.#program.views) !== value,
      );
      if (isSafe) return buffer;
    }
    return undefined;
  }

  /** Makes sure that a value which no node makes has its buffer. */
  #require(value: Value): void {
    if (this.#bufferOf.has(value)) return;
    const variable = variableOf(value);
    if (variable !== null) {
      let buffer = this.#variables.get(variable);
      if (buffer === undefined) {
        buffer = this.#make({ bytes: bytesOf(value), place: "variable", variable });
        this.#variables.set(variable, buffer);
      }
      this.#bufferOf.set(value, buffer);
    } else if (value.source.kind === "constant") {
      this.#bufferOf.set(value, this.#make({ bytes: bytesOf(value), place: "constant", data: value.source.data }));
    } else if (value.source.kind === "shape") {
      this.#bufferOf.set(value, this.#make({ bytes: 0, place: "arena" }));
    }
  }

  #arena(value: Value): DraftBuffer {
    const buffer = this.#make({ bytes: bytesOf(value), place: "arena" });
    this.#bufferOf.set(value, buffer);
    return buffer;
  }

  #make(parts: Omit<DraftBuffer, "id" | "offset">): DraftBuffer {
    const buffer = { id: this.#buffers.length, offset: 0, ...parts };
    this.#buffers.push(buffer);
    return buffer;
  }
}

/** When each value is read for the last time: the position of the node, plus one. */
function readTimes(nodes: readonly Node[], views: Program["views"]): Map<Value, number> {
  const times = new Map<Value, number>();
  for (const [position, { inputs }] of nodes.entries()) {
    for (const input of inputs) times.set(rootOf(input, views), position + 1);
  }
  return times;
}
