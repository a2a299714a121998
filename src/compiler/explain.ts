import { formatShape } from "../core/shape.ts";
import { flopsOf } from "./flops.ts";
import type { Buffer, Fitting, Operand, Plan, Step, StepDescription, StepTimes } from "./plan.ts";

/** One step of a plan, as people want to see it. */
export interface ExplainedStep {
  /** Name of the operation it came from. */
  readonly name: string;
  readonly op: string;
  readonly kernel: string;
  /** Where the op has several: `implicit im2col`, `winograd 4x4`; else an empty text. */
  readonly algorithm: string;
  readonly tasks: number;
  /** Shapes of what it reads and writes: `[32, 224, 224, 3] [11, 11, 3, 64] -> [32, 56, 56, 64]`. */
  readonly shapes: string;
  /** Result 0 took over the memory of an input. */
  readonly inPlace: boolean;
  /** Bytes read and written, each operand once. */
  readonly bytes: number;
  readonly workspaceBytes: number;
  /** See `flopsOf`. */
  readonly flops: number;
  /** Measured duration; null without a profile. */
  readonly milliseconds: number | null;
  readonly gflopsPerSecond: number | null;
}

export interface Explanation {
  readonly steps: readonly ExplainedStep[];
  readonly totals: {
    readonly steps: number;
    readonly prologueSteps: number;
    readonly flops: number;
    readonly milliseconds: number | null;
    readonly gflopsPerSecond: number | null;
    readonly arenaBytes: number;
    readonly variableBytes: number;
    readonly constantBytes: number;
    /** What was done so that the run fits into the memory; null where nothing had to be. */
    readonly fitting: Fitting | null;
    /** Of the steps that run a second time. */
    readonly flopsAgain: number;
  };
}

/**
 * What a plan does, step by step.
 *
 * @param descriptions of the backend, in the order of `plan.steps`.
 * @param times of a profiled run, or of many, added up and divided.
 */
export function explainPlan(plan: Plan, descriptions: readonly StepDescription[], times?: StepTimes): Explanation {
  const steps = plan.steps.map((step, index) => {
    const milliseconds = times === undefined ? null : times.ends[index]! - times.starts[index]!;
    return explainStep(step, descriptions[index], milliseconds);
  });
  const flops = steps.reduce((total, step) => total + step.flops, 0);
  const milliseconds = times === undefined ? null : steps.reduce((total, step) => total + (step.milliseconds ?? 0), 0);
  return {
    steps,
    totals: {
      steps: steps.length,
      prologueSteps: plan.prologue.length,
      flops,
      milliseconds,
      gflopsPerSecond: rate(flops, milliseconds),
      arenaBytes: plan.arenaBytes,
      variableBytes: bytesIn(plan.buffers, "variable"),
      constantBytes: bytesIn(plan.buffers, "constant"),
      fitting: plan.fitting,
      flopsAgain: flopsAgain(plan, steps),
    },
  };
}

function flopsAgain({ fitting }: Plan, steps: readonly ExplainedStep[]): number {
  const again = new Set(fitting?.again);
  return steps.reduce((total, { name, flops }) => (again.has(name) ? total + flops : total), 0);
}

function explainStep(step: Step, description: StepDescription | undefined, milliseconds: number | null): ExplainedStep {
  const { op, name, inputs, outputs, workspace } = step;
  const flops = flopsOf(step);
  const buffers = new Set([...inputs, ...outputs].map(({ buffer }) => buffer));
  const shapes = (operands: readonly Operand[]): string => operands.map(({ shape }) => formatShape(shape)).join(" ");
  return {
    name,
    op,
    kernel: description?.kernel ?? op,
    algorithm: description?.algorithm ?? step.algorithm ?? "",
    tasks: description?.tasks ?? 1,
    shapes: `${shapes(inputs)} -> ${shapes(outputs)}`.trim(),
    inPlace: inputs.some(({ buffer }) => buffer.place === "arena" && buffer.bytes > 0 && buffer === outputs[0]?.buffer),
    bytes: [...buffers].reduce((total, { bytes }) => total + bytes, 0),
    workspaceBytes: workspace?.bytes ?? 0,
    flops,
    milliseconds,
    gflopsPerSecond: rate(flops, milliseconds),
  };
}

function rate(flops: number, milliseconds: number | null): number | null {
  return milliseconds === null || milliseconds <= 0 ? null : flops / milliseconds / 1e6;
}

function bytesIn(buffers: readonly Buffer[], place: Buffer["place"]): number {
  return buffers.reduce((total, buffer) => (buffer.place === place ? total + buffer.bytes : total), 0);
}
