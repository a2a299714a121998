import { dependenciesOf, type Dependencies } from "../dependencies.ts";
import { makeValue, type Node, type Program, rootOf, type Value } from "../ir.ts";

/** Values to be given up, each after the node at this position of the program. */
export type Cuts = ReadonlyMap<Value, number>;

export interface Recomputed {
  readonly program: Program;
  /** For each node, the position in the program before; of a node that runs again, that of the first node to want it. */
  readonly positions: readonly number[];
  /** Names of the nodes that run again, in the order they do. */
  readonly again: readonly string[];
}

/**
 * Computes values a second time instead of keeping them: readers behind a value's cut get what its node, run again right
 * before the first of them, makes. The same kernel on the same inputs gives the same bits, so no result changes.
 *
 * Comes after `schedule`, whose order it keeps.
 *
 * @returns null where a node cannot run again because a variable that it reads has been overwritten by then.
 * @see Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear memory cost", 2016.
 */
export function recompute(program: Program, cuts: Cuts): Recomputed | null {
  return new Recomputing(program, cuts).run();
}

class Recomputing {
  readonly #program: Program;
  readonly #cuts: Cuts;
  readonly #links: Dependencies;
  readonly #views: Map<Value, Value>;
  /** What takes the place of a value behind its cut, and of views of it. */
  readonly #again = new Map<Value, Value>();
  readonly #nodes: Node[] = [];
  readonly #positions: number[] = [];
  readonly #names: string[] = [];
  #isPossible = true;

  constructor(program: Program, cuts: Cuts) {
    this.#program = program;
    this.#cuts = cuts;
    this.#links = dependenciesOf(program);
    this.#views = new Map(program.views);
  }

  run(): Recomputed | null {
    for (const [position, node] of this.#program.nodes.entries()) {
      const inputs = node.inputs.map((input) => this.#at(input, position));
      const isSame = inputs.every((input, index) => input === node.inputs[index]);
      this.#add(isSame ? node : { ...node, inputs }, position);
    }
    if (!this.#isPossible) return null;
    const program = { ...this.#program, nodes: this.#nodes, views: this.#views };
    return { program, positions: this.#positions, again: this.#names };
  }

  #add(node: Node, position: number): void {
    this.#nodes.push(node);
    this.#positions.push(position);
  }

  /** The value as a node at `position` of the old program finds it. */
  #at(value: Value, position: number): Value {
    const root = rootOf(value, this.#program.views);
    const cut = this.#cuts.get(root);
    if (cut === undefined || position <= cut || value.source.kind === "shape") return value;
    if (!this.#again.has(root)) this.#runAgain(root, position);
    if (value === root) return this.#again.get(root)!;
    let view = this.#again.get(value);
    if (view === undefined) {
      view = makeValue(value.shape, value.dtype);
      this.#again.set(value, view);
      this.#views.set(view, this.#again.get(root)!);
    }
    return view;
  }

  #runAgain(root: Value, position: number): void {
    const node = this.#program.nodes[this.#links.producer.get(root)!]!;
    const { overwriter } = this.#links;
    this.#isPossible &&= node.inputs.every(
      (input) => (overwriter.get(rootOf(input, this.#program.views)) ?? Infinity) >= position,
    );
    const inputs = node.inputs.map((input) => this.#at(input, position));
    const outputs = node.outputs.map(({ shape, dtype }) => makeValue(shape, dtype));
    for (const [index, output] of node.outputs.entries()) this.#again.set(output, outputs[index]!);
    const name = `${node.name}/again`;
    this.#add({ ...node, name, inputs, outputs }, position);
    this.#names.push(name);
  }
}
