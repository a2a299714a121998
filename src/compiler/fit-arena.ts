import { type Dependencies, dependenciesOf } from "./dependencies.ts";
import { flopsOf } from "./flops.ts";
import { bytesOf, fetchedValues, isStateful, type Program, rootOf, type Value } from "./ir.ts";
import { aligned } from "./pack-arena.ts";
import { type Cuts, recompute, type Recomputed } from "./passes/recompute.ts";
import type { Placement } from "./place-buffers.ts";
import type { Plan, Step } from "./plan.ts";

/** A program with its memory. */
export interface Layout {
  readonly plan: Plan;
  readonly placement: Placement;
}

/** What a byte of memory traffic costs, in floating-point operations: cores do so many in the time. */
const OPERATIONS_PER_BYTE = 8;
/** An input that is gone is kept for longer when it is this much smaller than the result, else computed again as well. */
const SMALL_INPUT = 4;
/** How many nodes in a row are run again for one value. */
const LONGEST_CHAIN = 6;

/**
 * Chooses what to compute twice so that no more than `limit` bytes of the arena are in use at one time.
 *
 * Again and again, at the step where most is in use: of all values that wait there for a later reader, the one that costs
 * least for each byte that it frees is given up until that reader. A choice that makes another step worse than the worst
 * is taken back. So what is cheap goes first (activations, pools), convolutions later, and no more than must.
 *
 * @param layOut gives a program's memory, in the order of its nodes.
 * @returns null when nothing that may be given up is left and it still does not fit.
 */
export function fitArena(program: Program, limit: number, layOut: (program: Program) => Layout): Recomputed | null {
  return new Search(program, layOut).run(limit);
}

/** What giving up a value means. */
interface Choice {
  readonly value: Value;
  /** Of the value, and of inputs that have to be computed again for it. */
  readonly cuts: readonly (readonly [Value, number])[];
  /** Bytes freed at the peak. */
  readonly gain: number;
  readonly cost: number;
}

/** When a value is made and read, by position in the rewritten program. */
interface Uses {
  made: number;
  readonly reads: number[];
}

class Search {
  readonly #program: Program;
  readonly #layOut: (program: Program) => Layout;
  readonly #links: Dependencies;
  readonly #fetched: ReadonlySet<Value>;
  /** What each node of the program costs to run again. */
  readonly #costs: readonly number[];
  readonly #taken = new Set<Value>();
  #cuts: Cuts = new Map<Value, number>();
  #current: Recomputed;
  #layout: Layout;

  constructor(program: Program, layOut: (program: Program) => Layout) {
    this.#program = program;
    this.#layOut = layOut;
    this.#links = dependenciesOf(program);
    this.#fetched = new Set(fetchedValues(program).map((value) => rootOf(value, program.views)));
    this.#current = { program, positions: [...program.nodes.keys()], again: [] };
    this.#layout = layOut(program);
    this.#costs = this.#layout.plan.steps.map(costOf);
  }

  run(limit: number): Recomputed | null {
    for (let peak = peakOf(this.#layout); peak.bytes > limit; peak = peakOf(this.#layout)) {
      const choice = this.#cheapest(peak.step);
      if (choice === null) return null;
      this.#taken.add(choice.value);
      const cuts = new Map([...this.#cuts, ...choice.cuts]);
      const changed = recompute(this.#program, cuts);
      if (changed === null) continue;
      const layout = this.#layOut(changed.program);
      if (peakOf(layout).bytes > peak.bytes) continue;
      [this.#cuts, this.#current, this.#layout] = [cuts, changed, layout];
    }
    return this.#current;
  }

  /** The best value to give up while the step runs; null when there is none. */
  #cheapest(step: number): Choice | null {
    const uses = usesIn(this.#current.program);
    let best: Choice | null = null;
    for (const [value, { made, reads }] of uses) {
      if (!this.#mayBeMadeAgain(value) || this.#taken.has(value) || this.#cuts.has(value) || made >= step) continue;
      const next = reads.find((read) => read >= step);
      if (next === undefined || next === step) continue;
      const choice = this.#choiceFor(value, this.#positionOf(next), step, uses);
      if (choice === null || choice.gain <= 0) continue;
      if (best === null || choice.cost / choice.gain < best.cost / best.gain) best = choice;
    }
    return best;
  }

  /** @param next the position, in the program before, of the reader that will want the value. */
  #choiceFor(value: Value, next: number, step: number, uses: ReadonlyMap<Value, Uses>): Choice | null {
    const cut = this.#lastUse(uses.get(value)!, step);
    if (cut >= next) return null;
    const chain = this.#chain(value, next, step, uses, LONGEST_CHAIN);
    if (chain === null) return null;
    const { inputs, extended, cost } = chain;
    const gain = aligned(bytesOf(value)) - extended;
    return { value, cuts: [[value, cut], ...inputs], gain, cost: cost + this.#costOfNeighbours(value) };
  }

  /**
   * Of everything given up already that the value's node needs, or that needs the value: it will all be there at once when it
   * is made again. Counting it spreads the choices, so that what is kept divides a long chain evenly.
   */
  #costOfNeighbours(value: Value): number {
    const before = new Set([value]);
    const after = new Set([value]);
    for (const found of before) {
      for (const input of this.#links.reads[this.#links.producer.get(found)!]!)
        if (this.#cuts.has(input)) before.add(input);
    }
    for (const found of after) {
      for (const reader of this.#links.readers.get(found) ?? []) {
        for (const output of this.#program.nodes[reader]!.outputs) if (this.#cuts.has(output)) after.add(output);
      }
    }
    const costOf = (found: Value): number => this.#costs[this.#links.producer.get(found)!]!;
    return [...before, ...after].reduce((sum, found) => sum + (found === value ? 0 : costOf(found)), 0);
  }

  /** What it takes to run the value's node again for a reader at `next`; null when it cannot. */
  #chain(
    value: Value,
    next: number,
    step: number,
    uses: ReadonlyMap<Value, Uses>,
    length: number,
  ): { inputs: (readonly [Value, number])[]; extended: number; cost: number } | null {
    const position = this.#links.producer.get(value)!;
    const inputs: (readonly [Value, number])[] = [];
    let extended = 0;
    let cost = this.#costs[position]!;
    for (const input of this.#links.reads[position]!) {
      if ((this.#links.overwriter.get(input) ?? Infinity) < next) return null;
      const { kind } = input.source;
      const life = uses.get(input);
      // Variables and constants are there, and so is what is given up anyway or still in use at the peak.
      if ((kind !== "node" && kind !== "feed") || life === undefined || this.#fetched.has(input)) continue;
      if ((this.#cuts.get(input) ?? Infinity) < next || (life.reads.at(-1) ?? -1) >= step) continue;
      const chain =
        bytesOf(input) * SMALL_INPUT > bytesOf(value) && length > 1 && this.#mayBeMadeAgain(input)
          ? this.#chain(input, next, step, uses, length - 1)
          : null;
      if (chain === null) {
        extended += aligned(bytesOf(input));
      } else {
        inputs.push([input, this.#lastUse(life, step)], ...chain.inputs);
        extended += chain.extended;
        cost += chain.cost;
      }
    }
    return { inputs, extended, cost };
  }

  #mayBeMadeAgain(value: Value): boolean {
    const position = this.#links.producer.get(value);
    if (position === undefined || value.source.kind !== "node" || this.#fetched.has(value)) return false;
    return !isStateful(this.#program.nodes[position]!);
  }

  /** The position, in the program before, of the last node that makes or reads a value ahead of a step. */
  #lastUse({ made, reads }: Uses, step: number): number {
    return this.#positionOf(reads.findLast((read) => read < step) ?? made);
  }

  #positionOf(step: number): number {
    return this.#current.positions[step]!;
  }
}

function usesIn({ nodes, views, feeds }: Program): Map<Value, Uses> {
  const uses = new Map<Value, Uses>(feeds.map((feed) => [feed, { made: -1, reads: [] }]));
  for (const [position, node] of nodes.entries()) {
    for (const root of new Set(node.inputs.map((input) => rootOf(input, views)))) uses.get(root)?.reads.push(position);
    for (const output of node.outputs) {
      if (output.source.kind === "node") uses.set(output, { made: position, reads: [] });
    }
  }
  return uses;
}

/** The step during which most of the arena is in use. */
function peakOf({ plan, placement }: Layout): { step: number; bytes: number } {
  const change = new Float64Array(plan.steps.length + 3);
  for (const [{ bytes }, { start, end }] of placement.lifetimes) {
    change[start]! += aligned(bytes);
    change[end + 1]! -= aligned(bytes);
  }
  for (const [index, { workspace }] of plan.steps.entries()) {
    change[index + 1]! += aligned(workspace?.bytes ?? 0);
    change[index + 2]! -= aligned(workspace?.bytes ?? 0);
  }
  let inUse = 0;
  let peak = { step: -1, bytes: 0 };
  for (const [time, delta] of change.entries()) {
    inUse += delta;
    if (inUse > peak.bytes) peak = { step: time - 1, bytes: inUse };
  }
  return peak;
}

function costOf(step: Step): number {
  const operands = new Set([...step.inputs, ...step.outputs].map(({ buffer }) => buffer));
  return flopsOf(step) + OPERATIONS_PER_BYTE * [...operands].reduce((sum, { bytes }) => sum + bytes, 0);
}
