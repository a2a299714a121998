import { nameInputs } from "../graph/name-inputs.ts";
import type { Operation } from "../graph/operation.ts";
import { type Node, type Program, resultsOf, rootOf, type Value, variableOf } from "./ir.ts";
import type { Packing, Piece } from "./pack-arena.ts";
import { type DraftBuffer, type Lifetime, type Placement } from "./place-buffers.ts";
import type { AlgorithmWish, CompileTarget, Operand, Plan, Step } from "./plan.ts";

export interface EmitOptions {
  readonly target: CompileTarget;
  /** See `CompileOptions.exact`. */
  readonly exact: boolean;
  /** Gives pieces of the arena their addresses. */
  readonly pack: (pieces: readonly Piece[]) => Packing;
}

/**
 * From ordered nodes to the plan: geometry, algorithm and workspace of each step, then addresses for everything that is
 * in use during it.
 */
export function emit(program: Program, placement: Placement, { target, exact, pack }: EmitOptions): Plan {
  const { nodes, prologue, feeds, fetches, checks, views } = program;
  const { bufferOf } = placement;
  const buffers = [...placement.buffers];
  const randomOps: Operation[] = [];

  const operandOf = (value: Value): Operand => {
    const { shape, dtype } = value;
    return { shape, dtype, buffer: bufferOf.get(rootOf(value, views))! };
  };
  const counterOf = ({ def, operation }: Node): number | null => {
    if (def.traits.random !== true || operation === null) return null;
    return randomOps.push(operation) - 1;
  };
  const emitSteps = (
    list: readonly Node[],
    lifetimes: ReadonlyMap<DraftBuffer, Lifetime>,
  ): { steps: Step[]; bytes: number } => {
    const inUse = new Map(lifetimes);
    const steps = list.map((node, position) => {
      const step = chooseAlgorithm(draftStep(node, operandOf, counterOf(node)), target, { exact });
      const bytes = target.workspaceBytes(step);
      if (bytes === 0) return { ...step, workspace: null };
      const workspace: DraftBuffer = { id: buffers.length, bytes, place: "arena", offset: 0 };
      buffers.push(workspace);
      inUse.set(workspace, { start: position + 1, end: position + 1 });
      return { ...step, workspace };
    });
    const pieces = [...inUse].map(([{ bytes }, { start, end }]) => ({ bytes, start, end }));
    const { offsets, bytes } = pack(pieces);
    for (const [index, buffer] of [...inUse.keys()].entries()) buffer.offset = offsets[index]!;
    return { steps, bytes };
  };

  const before = emitSteps(prologue, placement.prologueLifetimes);
  const main = emitSteps(nodes, placement.lifetimes);
  return {
    prologue: before.steps,
    steps: main.steps,
    buffers,
    feeds: feeds.map(operandOf),
    fetches: [
      ...fetches.map((fetch) => (fetch === null ? null : operandOf(fetch))),
      ...checks.map(({ flag }) => operandOf(flag)),
    ],
    arenaBytes: Math.max(before.bytes, main.bytes),
    randomOps,
    reads: variablesRead(program),
    writes: variablesWritten(program),
    checks: checks.map(({ operation }) => operation),
    fitting: null,
  };
}

type DraftStep = Omit<Step, "workspace">;

function draftStep(
  { def, name, attrs, inputs, outputs }: Node,
  operandOf: (value: Value) => Operand,
  counter: number | null,
): DraftStep {
  const step: object = {
    op: def.name,
    name,
    attrs,
    geometry: def.geometry?.(nameInputs(def, inputs), attrs),
    inputs: inputs.map(operandOf),
    outputs: outputs.map(operandOf),
    counter,
  };
  // A node's attributes and geometry are those of its op's definition; the graph layer holds them untyped.
  return step as DraftStep;
}

function chooseAlgorithm(step: DraftStep, target: CompileTarget, wish: AlgorithmWish): DraftStep {
  const algorithm = target.algorithm?.(step, wish);
  return algorithm === undefined ? step : { ...step, algorithm };
}

function variablesWritten({ nodes }: Program): Operation[] {
  const written = nodes.flatMap((node) => [...resultsOf(node)]);
  return [...new Set(written.flatMap((value) => variableOf(value) ?? []))];
}

/** Variables whose value from before the run is read, by a fetch or by a node that does more than overwrite it. */
function variablesRead({ nodes, fetches, views }: Program): Operation[] {
  const read = new Set<Operation>();
  const add = (value: Value): void => {
    const { source } = rootOf(value, views);
    if (source.kind === "variable") read.add(source.variable);
  };
  for (const { def, inputs, updates } of nodes) {
    const overwritten = def.name === "Assign" ? updates[0]?.input : undefined;
    for (const [position, input] of inputs.entries()) if (position !== overwritten) add(input);
  }
  for (const fetch of fetches) if (fetch !== null) add(fetch);
  return [...read];
}
