import { type HostData } from "../../core/dtype.ts";
import { bytesOf, isStateful, mapInputs, mapValues, type Node, type Program, type Value } from "../ir.ts";
import { stableKey } from "../stable-key.ts";

/** Constants above this many bytes are merged only when they are the same array: comparing them would take long. */
const COMPARED_BYTES = 4096;

/**
 * Common subexpressions: of nodes that compute the same from the same, the first one stays. Values are in
 * single-assignment form, so equal inputs are equal values; nodes with state have no twins. Equal constants merge too.
 */
export function mergeTwins(program: Program): Program {
  const merged = new Map<Value, Value>();
  const numbers = new Map<Value, number>();
  const constants = new Map<string, Value>();
  const arrays = new Map<HostData, number>();
  const firsts = new Map<string, Node>();

  const firstOf = (value: Value): Value => {
    const known = merged.get(value);
    if (known !== undefined) return known;
    let first = value;
    if (value.source.kind === "constant") {
      const key = constantKey(value, value.source.data, arrays);
      first = constants.get(key) ?? value;
      constants.set(key, first);
    }
    merged.set(value, first);
    return first;
  };
  const numberOf = (value: Value): number => {
    let number = numbers.get(value);
    if (number === undefined) numbers.set(value, (number = numbers.size));
    return number;
  };

  const nodes: Node[] = [];
  for (const original of program.nodes) {
    const node = mapInputs(original, firstOf);
    if (isStateful(node)) {
      nodes.push(node);
      continue;
    }
    const shapes = node.outputs.map(({ shape, dtype }) => `${dtype}[${shape.join()}]`).join();
    const key = `${node.def.name} ${stableKey(node.attrs)} ${node.inputs.map(numberOf).join()} ${shapes}`;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, node);
      nodes.push(node);
    } else {
      for (const [index, output] of node.outputs.entries()) merged.set(output, first.outputs[index]!);
    }
  }
  return mapValues({ ...program, nodes }, firstOf);
}

function constantKey(value: Value, data: HostData, arrays: Map<HostData, number>): string {
  const type = `${value.dtype}[${value.shape.join()}]`;
  if (bytesOf(value) <= COMPARED_BYTES) return `${type} ${stableKey(data)}`;
  let number = arrays.get(data);
  if (number === undefined) arrays.set(data, (number = arrays.size));
  return `${type} #${number}`;
}
