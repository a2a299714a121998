import { CACHE_LINE, roundUp } from "../../../../core/alignment.ts";
import { type ConcreteShape, sizeOf } from "../../../../core/shape.ts";
import { type Launch, launch } from "../../kernel.ts";

/** Columns of [outer, length, inner] that a unit of work reduces. */
const COLUMNS = 256;
/** A float64 total and a float32 sum. */
const SCRATCH_PER_COLUMN = 12;
/** Elements worth a task: 256 KiB of float32. */
const ELEMENTS_PER_TASK = 65536;
/** An axis is cut into parts only when there would be fewer units than this. */
const ENOUGH_UNITS = 16;
/** Elements of a part. */
const PART = 32768;

/** One launch of a reduction: [outer, length, inner] to [outer, parts, inner]. */
export interface Pass {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly parts: number;
}

/** Everything but the addresses, the same when memory is planned and when launches are made. */
export interface ReductionPlan {
  readonly passes: readonly Pass[];
  /** Bytes of all results but the last. */
  readonly workspaceBytes: number;
  /** How many elements fold into one. */
  readonly count: number;
}

/**
 * Splits a reduction over any axes into passes over one axis each: neighbouring axes that go together are one, the
 * innermost folds first. With few results of many elements, an axis is first cut into parts for all workers.
 *
 * @param splits false for reductions that must see the whole axis at once.
 */
export function planReduction(shape: ConcreteShape, axes: readonly number[], splits = true): ReductionPlan {
  const passes: Pass[] = [];
  const count = sizeOf(axes.map((axis) => shape[axis]!));
  const groups = mergeAxes(shape, axes);
  while (groups.some(({ folds }) => folds)) {
    const at = groups.findLastIndex(({ folds }) => folds);
    const outer = groups.slice(0, at).reduce((product, { size }) => product * size, 1);
    const inner = groups.slice(at + 1).reduce((product, { size }) => product * size, 1);
    const length = groups[at]!.size;
    const parts = splits ? partsFor(outer, length, inner) : 1;
    if (parts > 1) passes.push({ outer, length, inner, parts });
    passes.push({ outer, length: parts > 1 ? parts : length, inner, parts: 1 });
    groups.splice(at, 1);
  }
  // Nothing folds: one pass that copies, and divides.
  if (passes.length === 0) passes.push({ outer: 1, length: 1, inner: sizeOf(shape), parts: 1 });
  const workspaceBytes = passes.slice(0, -1).reduce((sum, pass) => sum + resultBytes(pass), 0);
  return { passes, workspaceBytes, count };
}

export interface ReductionLaunch {
  readonly kernel: string;
  readonly x: number;
  readonly y: number;
  readonly workspace: number;
  /** What the last pass divides by; default 1. */
  readonly divisor?: number;
}

/** The launches of a plan. */
export function reductionLaunches({ passes }: ReductionPlan, details: ReductionLaunch): Launch[] {
  const { kernel, y, workspace, divisor = 1 } = details;
  let from = details.x;
  let free = workspace;
  return passes.map((pass, index) => {
    const isLast = index === passes.length - 1;
    const to = isLast ? y : free;
    const made = passLaunch(kernel, from, to, pass, isLast ? divisor : 1);
    free += resultBytes(pass);
    from = to;
    return made;
  });
}

function passLaunch(
  kernel: string,
  x: number,
  y: number,
  { outer, length, inner, parts }: Pass,
  divisor: number,
): Launch {
  const partLength = parts > 1 ? partLengthFor(inner) : length;
  const columns = Math.min(inner, COLUMNS);
  const columnBlocks = columns === 0 ? 0 : Math.ceil(inner / columns);
  const units = outer * parts * columnBlocks;
  const unitsPerTask = Math.max(1, Math.floor(ELEMENTS_PER_TASK / Math.max(1, partLength * columns)));
  const args = { x, y, length, inner, parts, partLength, columns, columnBlocks, units, unitsPerTask, divisor };
  return launch(kernel, Math.ceil(units / unitsPerTask), args, SCRATCH_PER_COLUMN * columns);
}

/** Results of a pass in memory: no element is larger than 4 bytes. */
function resultBytes({ outer, inner, parts }: Pass): number {
  return roundUp(outer * parts * inner * 4, CACHE_LINE);
}

function partsFor(outer: number, length: number, inner: number): number {
  const units = outer * Math.ceil(inner / COLUMNS);
  return units < ENOUGH_UNITS ? Math.max(1, Math.ceil(length / partLengthFor(inner))) : 1;
}

function partLengthFor(inner: number): number {
  return Math.ceil(PART / Math.max(1, Math.min(inner, COLUMNS)));
}

interface AxisGroup {
  readonly size: number;
  readonly folds: boolean;
}

/** Axes of 1 left out, and neighbours that both fold or both stay made one. */
function mergeAxes(shape: ConcreteShape, axes: readonly number[]): AxisGroup[] {
  const groups: AxisGroup[] = [];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const folds = axes.includes(axis);
    const before = groups.at(-1);
    if (before?.folds === folds) groups[groups.length - 1] = { size: before.size * size, folds };
    else groups.push({ size, folds });
  }
  return groups;
}
