import { type Program, rootOf, type Value } from "./ir.ts";

/** Who makes, reads and overwrites what among a program's nodes, all by position in `program.nodes`. */
export interface Dependencies {
  /** The memory each node reads: distinct values, views resolved, no inputs that are read for their shape only. */
  readonly reads: readonly (readonly Value[])[];
  readonly producer: ReadonlyMap<Value, number>;
  /** Nodes that read a value, each once, in order. */
  readonly readers: ReadonlyMap<Value, readonly number[]>;
  /** The node that overwrites a variable's value with its next one. All other readers go before it. */
  readonly overwriter: ReadonlyMap<Value, number>;
}

export function dependenciesOf({ nodes, views }: Program): Dependencies {
  const reads: Value[][] = [];
  const producer = new Map<Value, number>();
  const readers = new Map<Value, number[]>();
  const overwriter = new Map<Value, number>();
  for (const [position, node] of nodes.entries()) {
    const memory = new Set<Value>();
    for (const input of node.inputs) if (input.source.kind !== "shape") memory.add(rootOf(input, views));
    reads.push([...memory]);
    for (const value of memory) {
      const list = readers.get(value);
      if (list === undefined) readers.set(value, [position]);
      else list.push(position);
    }
    for (const output of node.outputs) producer.set(output, position);
    for (const { input, value } of node.updates) {
      overwriter.set(node.inputs[input]!, position);
      producer.set(value, position);
    }
  }
  return { reads, producer, readers, overwriter };
}

/** How many nodes each node must wait for: producers of what it reads, and readers of what it overwrites. */
export function countWaits(
  { nodes }: Program,
  { reads, producer, readers, overwriter }: Dependencies,
): { data: Int32Array; order: Int32Array } {
  const data = new Int32Array(nodes.length);
  const order = new Int32Array(nodes.length);
  for (const [position, values] of reads.entries()) {
    for (const value of values) if (producer.has(value)) data[position]!++;
  }
  for (const [value, position] of overwriter)
    order[position]! += readers.get(value)!.filter((reader) => reader !== position).length;
  return { data, order };
}
