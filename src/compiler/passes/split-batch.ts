import type { OpDef } from "../../graph/op-def.ts";
import { Add } from "../../ops/add.ts";
import { Concat } from "../../ops/concat.ts";
import { Slice } from "../../ops/slice.ts";
import { dependenciesOf, type Dependencies } from "../dependencies.ts";
import { bytesOf, fetchedValues, makeNode, makeValue, type Node, type Program, rootOf, type Value } from "../ir.ts";
import { type Batched, batchedBy } from "./batched-ops.ts";

/**
 * Runs the layers that treat images one by one, convolutions, pools, their activations and gradients, for a part of the batch
 * after another. What they make is then in parts as well, and `recompute` may give up the parts that wait: together the two
 * train a network on a batch of which not even two layers' results fit into the memory.
 *
 * Sums over the batch, the gradients of filters and biases, are added up part by part, always in the same order. That is
 * another order than that of the whole batch: their last bits differ. Comes before `schedule`.
 *
 * @returns null where nothing can be split into so many parts.
 */
export function splitBatch(program: Program, parts: number): Program | null {
  const batch = batchOf(program);
  return batch < parts ? null : new Splitting(program, batch, parts).run();
}

/** Images in a batch of the largest tensors that can be split; 0 without any. */
export function batchOf({ nodes }: Program): number {
  let batch = 0;
  let most = 0;
  for (const node of nodes) {
    const [output] = node.outputs;
    const size = output?.shape.length === 4 ? output.shape[0]! : 0;
    if (size === 0 || bytesOf(output!) <= most || batchedBy(node, size) === null) continue;
    most = bytesOf(output!);
    batch = size;
  }
  return batch;
}

class Splitting {
  readonly #program: Program;
  readonly #parts: readonly { readonly begin: number; readonly size: number }[];
  readonly #links: Dependencies;
  readonly #batched: ReadonlyMap<Node, Batched>;
  /** Values that are needed in one piece. */
  readonly #wanted: Set<Value>;
  /** The parts of what split nodes made. */
  readonly #made = new Map<Value, Value[]>();
  /** Sums over the parts so far. */
  readonly #sums = new Map<Node, Value>();
  /** The parts of other values, cut where they are needed first, anew for each stage. */
  #slices = new Map<Value, Value[]>();
  readonly #nodes: Node[] = [];

  constructor(program: Program, batch: number, parts: number) {
    this.#program = program;
    this.#links = dependenciesOf(program);
    this.#parts = Array.from({ length: parts }, (_, part) => {
      const begin = Math.floor((batch * part) / parts);
      return { begin, size: Math.floor((batch * (part + 1)) / parts) - begin };
    });
    this.#batched = new Map(
      program.nodes.flatMap((node) => {
        const batched = batchedBy(node, batch);
        return batched === null ? [] : [[node, batched] as const];
      }),
    );
    this.#wanted = new Set([...fetchedValues(program), ...program.kept].map((value) => rootOf(value, program.views)));
  }

  run(): Program | null {
    if (this.#batched.size === 0) return null;
    this.#findWanted();
    for (const { whole, split } of this.#stages()) {
      this.#nodes.push(...whole);
      this.#slices = new Map();
      // Part by part, so that of one part only what waits for its gradient is left when the next one begins.
      for (const part of this.#parts.keys()) for (const node of split) this.#addPart(node, part);
      for (const node of split) for (const output of node.outputs) this.#join(node, output);
    }
    return { ...this.#program, nodes: this.#nodes };
  }

  #findWanted(): void {
    for (const node of this.#program.nodes) {
      for (const [index, input] of node.inputs.entries())
        if (!this.#readsParts(node, index)) this.#wanted.add(rootOf(input, this.#program.views));
    }
  }

  /** Whether a node reads an input part by part: it is split, the input is of the batch, and no view. */
  #readsParts(node: Node, index: number): boolean {
    return this.#batched.get(node)?.inputs.includes(index) === true && !this.#program.views.has(node.inputs[index]!);
  }

  /**
   * The nodes in stages: in each, first those for the whole batch, then those to be split, which wait for nothing but these
   * and earlier stages. A network has two, with the loss between them: forward and back.
   */
  #stages(): { whole: Node[]; split: Node[] }[] {
    const stages: { whole: Node[]; split: Node[] }[] = [];
    const stageOf: number[] = [];
    for (const node of this.#program.nodes) {
      const isSplit = this.#batched.has(node);
      let stage = 0;
      for (const [index, input] of node.inputs.entries()) {
        const from = this.#links.producer.get(rootOf(input, this.#program.views));
        if (from === undefined || input.source.kind === "shape") continue;
        // Only a part follows a part at once; all else waits until the parts are joined, or added up.
        const isPart = this.#batched.get(this.#program.nodes[from]!)?.result === "part";
        const follows = isPart && this.#readsParts(node, index);
        const waits = this.#batched.has(this.#program.nodes[from]!) && !follows;
        stage = Math.max(stage, stageOf[from]! + (waits ? 1 : 0));
      }
      stageOf.push(stage);
      while (stages.length <= stage) stages.push({ whole: [], split: [] });
      stages[stage]![isSplit ? "split" : "whole"].push(node);
    }
    return stages;
  }

  #addPart(node: Node, part: number): void {
    const { inputs: positions, result } = this.#batched.get(node)!;
    const name = `${node.name}/${part + 1}of${this.#parts.length}`;
    const inputs = node.inputs.map((input, index) => (positions.includes(index) ? this.#partOf(input, part) : input));
    if (result === "part") {
      const outputs = node.outputs.map((output) => this.#sizedFor(output, part));
      this.#nodes.push({ ...node, name, inputs, outputs });
      for (const [index, output] of node.outputs.entries()) this.#remember(output, part, outputs[index]!);
      return;
    }
    const [total] = node.outputs;
    const own = makeValue(total!.shape, total!.dtype);
    this.#nodes.push({ ...node, name, inputs, outputs: [own] });
    const before = this.#sums.get(node);
    const isLast = part === this.#parts.length - 1;
    const sum = before === undefined ? own : isLast ? total! : makeValue(total!.shape, total!.dtype);
    this.#sums.set(node, sum);
    if (before !== undefined)
      this.#nodes.push(makeNode({ def: Add, name: `${name}/Add`, inputs: [before, own], outputs: [sum] }));
  }

  #remember(value: Value, part: number, made: Value): void {
    const parts = this.#made.get(value) ?? [];
    parts[part] = made;
    this.#made.set(value, parts);
  }

  #partOf(value: Value, part: number): Value {
    if (value.source.kind === "shape") return this.#sizedFor(value, part);
    const known = this.#made.get(value)?.[part] ?? this.#slices.get(value)?.[part];
    if (known !== undefined) return known;
    const slice = this.#sizedFor(value, part);
    const slices = this.#slices.get(value) ?? [];
    slices[part] = slice;
    this.#slices.set(value, slices);
    const begin = value.shape.map((_, axis) => (axis === 0 ? this.#parts[part]!.begin : 0));
    const name = `slice/${part + 1}of${this.#parts.length}`;
    this.#nodes.push(
      makeNode({ def: Slice, name, attrs: { begin, size: slice.shape }, inputs: [value], outputs: [slice] }),
    );
    return slice;
  }

  #sizedFor({ shape, dtype, source }: Value, part: number): Value {
    const sized = [this.#parts[part]!.size, ...shape.slice(1)];
    return makeValue(sized, dtype, source.kind === "shape" ? source : { kind: "node" });
  }

  /** Makes one piece of the parts, where it is wanted. */
  #join(node: Node, output: Value): void {
    if (this.#batched.get(node)!.result === "sum" || !this.#wanted.has(output)) return;
    const inputs = this.#made.get(output)!;
    this.#nodes.push(
      makeNode({ def: Concat as OpDef, name: `${node.name}/join`, attrs: { axis: 0 }, inputs, outputs: [output] }),
    );
  }
}
