import { fitArena, type Layout } from "./fit-arena.ts";
import type { Program } from "./ir.ts";
import { splitBatch } from "./passes/split-batch.ts";
import type { Fitting } from "./plan.ts";

/** A program in its final form, with its memory. */
export interface Finished extends Layout {
  readonly program: Program;
}

/** The stages of `compile` that follow. */
export interface Stages {
  /** Puts the nodes in order. */
  readonly order: (program: Program) => Program;
  /** Gives every buffer its address. */
  readonly finish: (ordered: Program) => Finished;
  /** Called with programs on the way, for tests. */
  readonly verified: (program: Program, pass: string) => Program;
  /** The most bytes that the arena of a program may have. */
  readonly limitOf: (finished: Finished) => number;
  /** Whether the batch may be split. */
  readonly splits: boolean;
}

/** Where pieces of the arena cannot be packed without gaps, the search aims lower, so often. */
const TRIES = 4;
/** A batch is split into no more parts than this: kernels need some images to be fast. */
const MOST_PARTS = 32;

/**
 * Orders and finishes a program; when its arena is larger than the limit, so that it fits: by computing values a second
 * time, which changes no bit, and when that is not enough, by splitting the batch as well, into as few parts as will do.
 * When nothing helps, the program is left as it was, for the backend to say what does not fit.
 */
export function fitMemory(program: Program, stages: Stages): Finished {
  const ordered = stages.order(program);
  const finished = stages.finish(ordered);
  const limit = stages.limitOf(finished);
  if (finished.plan.arenaBytes <= limit) return finished;
  const fit = (candidate: Program, parts: number): Finished | null => {
    const smaller = fitOrdered(candidate, limit, stages);
    if (smaller === null) return null;
    const { again } = smaller;
    const fitting: Fitting = { limitBytes: limit, wantedBytes: finished.plan.arenaBytes, again, parts };
    return { ...smaller, plan: { ...smaller.plan, fitting } };
  };
  let fitted = fit(ordered, 1);
  for (let parts = 2; fitted === null && stages.splits && parts <= MOST_PARTS; parts *= 2) {
    const split = splitBatch(program, parts);
    if (split === null) break;
    fitted = fit(stages.order(stages.verified(split, "splitBatch")), parts);
  }
  return fitted ?? finished;
}

function fitOrdered(
  ordered: Program,
  limit: number,
  { finish, verified }: Stages,
): (Finished & { readonly again: readonly string[] }) | null {
  for (let attempt = 0, aim = limit; attempt < TRIES; attempt++) {
    const fitted = fitArena(ordered, aim, finish);
    if (fitted === null) return null;
    const finished = finish(verified(fitted.program, "recompute"));
    const { arenaBytes } = finished.plan;
    if (arenaBytes <= limit) return { ...finished, again: fitted.again };
    aim -= arenaBytes - limit;
  }
  return null;
}
