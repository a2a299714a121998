import { CACHE_LINE } from "../core/alignment.ts";
import { InternalError } from "../core/errors.ts";
import { dependenciesOf } from "./dependencies.ts";
import { bytesOf, fetchedValues, type Node, type Program, resultsOf, rootOf, type Value, variableOf } from "./ir.ts";
import type { DraftBuffer, Placement } from "./place-buffers.ts";
import type { Plan } from "./plan.ts";

/**
 * Checks that a pass left a sound program: values are made once and before they are read, views have the size of what
 * they show, updates are the next value of a variable; after `schedule` and `recompute`, that readers go before overwriters.
 * @throws InternalError naming the pass and the node.
 */
export function verifyProgram(program: Program, pass: string): Program {
  const { nodes, prologue, feeds, kept, views } = program;
  const made = new Set<Value>(feeds);
  const exists = (value: Value): boolean => {
    const { kind } = value.source;
    return made.has(value) || kind === "variable" || kind === "constant" || kind === "shape" || isView(value);
  };
  const isView = (value: Value): boolean => views.has(value) && exists(rootOf(value, views));
  const require = (holds: boolean, node: Node | null, problem: string): void => {
    if (!holds) throw broken(pass, `${node === null ? "the program" : `${node.def.name} "${node.name}"`} ${problem}`);
  };
  for (const node of [...prologue, ...nodes]) {
    for (const input of node.inputs) require(exists(input), node, "reads a value that is not made before it");
    for (const { input, value } of node.updates) {
      const before = node.inputs[input];
      require(before !== undefined && variableOf(before) !== null, node, "updates what is no variable");
      require(before !== undefined &&
        variableOf(before) === variableOf(value), node, "updates one variable with another");
      require(before !== undefined && bytesOf(before) === bytesOf(value), node, "changes the size of a variable");
    }
    require(node.updates.length === 0 ||
      node.updates[0]?.value === node.outputs[0], node, "does not give out its first update");
    require(!node.view || bytesOf(node.outputs[0]!) === bytesOf(node.inputs[0]!), node, "is a view of another size");
    for (const value of resultsOf(node)) {
      require(!made.has(value), node, "makes a value a second time");
      made.add(value);
    }
  }
  for (const node of prologue) {
    const fromRun = node.inputs.some((input) => input.source.kind === "feed" || variableOf(input) !== null);
    require(!fromRun && node.updates.length === 0, node, "is in the prologue but depends on the run");
  }
  for (const value of [...fetchedValues(program), ...kept])
    require(exists(value), null, "does not make a value that is wanted");
  for (const [view, of] of views) require(bytesOf(view) === bytesOf(of), null, "has a view of another size");
  if (pass === "schedule" || pass === "recompute") verifyOrder(program, pass);
  return program;
}

function verifyOrder(program: Program, pass: string): void {
  const { overwriter, readers } = dependenciesOf(program);
  for (const [value, position] of overwriter) {
    const late = readers.get(value)?.find((reader) => reader > position);
    if (late !== undefined)
      throw broken(pass, `"${program.nodes[late]!.name}" reads a variable after it was overwritten`);
  }
}

/**
 * Runs the plan on paper: follows which value every buffer holds while steps write, and checks that each step, and at
 * the end each fetch, finds the values it reads. A buffer loses its value when a step writes to memory that overlaps it.
 * @throws InternalError.
 */
export function verifyPlan(plan: Plan, program: Program, placement: Placement): void {
  const held = new Map<DraftBuffer, Value | null>();
  const { bufferOf } = placement;
  const arena = plan.buffers.filter(({ place, bytes }) => place === "arena" && bytes > 0);
  const byOffset = arena.toSorted((a, b) => a.offset - b.offset);
  const largest = arena.reduce((bytes, buffer) => Math.max(bytes, buffer.bytes), 0);

  const clobber = (written: DraftBuffer): void => {
    if (written.place !== "arena" || written.bytes === 0) return;
    // Buffers that may overlap start less than the largest buffer's size before it.
    for (let at = firstFrom(byOffset, written.offset - largest); at < byOffset.length; at++) {
      const other = byOffset[at]!;
      if (other.offset >= written.offset + written.bytes) break;
      if (other !== written && other.offset + other.bytes > written.offset) held.set(other, null);
    }
  };
  const write = (value: Value): void => {
    const buffer = bufferOf.get(value);
    if (buffer === undefined) throw broken("emit", "a value has no buffer");
    if (buffer.bytes !== bytesOf(value))
      throw broken("emit", `a value of ${bytesOf(value)} bytes lies in a buffer of ${buffer.bytes}`);
    clobber(buffer);
    held.set(buffer, value);
  };
  const read = (value: Value, reader: string): void => {
    const root = rootOf(value, program.views);
    if (root.source.kind === "shape") return;
    const buffer = bufferOf.get(root);
    if (buffer === undefined) throw broken("emit", `${reader} reads a value without a buffer`);
    const fromBefore = root.source.kind === "variable" || root.source.kind === "constant";
    const holds = held.has(buffer) ? held.get(buffer) === root : fromBefore;
    if (!holds) throw broken("emit", `${reader} reads memory that another value has taken`);
  };
  const runList = (nodes: readonly Node[], steps: Plan["steps"]): void => {
    if (nodes.length !== steps.length) throw broken("emit", "nodes and steps differ in number");
    for (const [position, node] of nodes.entries()) {
      const { workspace } = steps[position]!;
      for (const input of node.inputs) read(input, `"${node.name}"`);
      const values = resultsOf(node);
      // Outputs first, then the workspace: it must not overlap them, nor (checked again) inputs that are not in place.
      for (const value of values) write(value);
      if (workspace !== null) clobber(workspace);
      for (const value of values) read(value, `"${node.name}" after its own workspace`);
      const outputs = new Set([...values].map((value) => bufferOf.get(value)));
      for (const input of node.inputs) {
        if (!outputs.has(bufferOf.get(rootOf(input, program.views)))) read(input, `"${node.name}", while it writes,`);
      }
    }
  };

  for (const buffer of plan.buffers) {
    const aligned = buffer.offset % CACHE_LINE === 0;
    const inside = buffer.place !== "arena" || buffer.offset + buffer.bytes <= plan.arenaBytes;
    if (!aligned || !inside) throw broken("emit", `buffer ${buffer.id} lies badly, at ${buffer.offset}`);
  }
  runList(program.prologue, plan.prologue);
  for (const feed of program.feeds) write(feed);
  for (const feed of program.feeds) read(feed, "the host, after it wrote all feeds,");
  runList(program.nodes, plan.steps);
  for (const value of fetchedValues(program)) read(value, "the host");
}

function firstFrom(byOffset: readonly { readonly offset: number }[], offset: number): number {
  let low = 0;
  let high = byOffset.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byOffset[middle]!.offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function broken(pass: string, problem: string): InternalError {
  return new InternalError({ problem: `compiler, after ${pass}: ${problem}.`, fix: "report this as a bug." });
}
