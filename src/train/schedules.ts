import { ValueError } from "../core/errors.ts";

/** When a step is. */
export interface Moment {
  /** Steps before this one. */
  readonly step: number;
  /** Epochs before this step, with the part of the current one where its length is known. */
  readonly epoch: number;
}

/** A learning rate for every step. What it has to remember is kept in checkpoints, as JSON, not in the schedule. */
export interface Schedule {
  /** What it remembers at the beginning. */
  readonly start?: unknown;
  rate(moment: Moment, memory?: unknown): number;
  /** Told of the monitored value, lower is better, at the end of every epoch; what it remembers from then on. */
  observe?(value: number, memory: unknown): unknown;
}

/** In which unit a schedule counts time: whole epochs, epochs as they pass, or steps. */
export type ScheduleUnit = "epoch" | "step";

interface Timed {
  /** Default `epoch`. */
  readonly unit?: ScheduleUnit;
}

function timeOf(unit: ScheduleUnit = "epoch"): (moment: Moment) => number {
  return unit === "epoch" ? ({ epoch }) => epoch : ({ step }) => step;
}

function requirePositive(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value) && value > 0) continue;
    throw new ValueError({ problem: `schedule: ${name} is ${value}.`, fix: "pass a number above 0." });
  }
}

/** The same rate all the time. */
export function constantRate(rate: number): Schedule {
  requirePositive({ rate });
  return { rate: () => rate };
}

/** Times `gamma` (default 0.1) after every `every` epochs or steps. */
export function stepDecay(
  rate: number,
  { every, gamma = 0.1, unit }: Timed & { readonly every: number; readonly gamma?: number },
): Schedule {
  requirePositive({ rate, every, gamma });
  const time = timeOf(unit);
  return { rate: (moment) => rate * gamma ** Math.floor(time(moment) / every) };
}

/** Times `gamma` (default 0.1) at each of the `milestones`. */
export function multiStepDecay(
  rate: number,
  { milestones, gamma = 0.1, unit }: Timed & { readonly milestones: readonly number[]; readonly gamma?: number },
): Schedule {
  requirePositive({ rate, gamma });
  const time = timeOf(unit);
  return { rate: (moment) => rate * gamma ** milestones.filter((milestone) => milestone <= time(moment)).length };
}

/** Down half a cosine from `rate` to `final` (default 0) over `duration`. @see Loshchilov, Hutter, SGDR, ICLR 2017. */
export function cosineDecay(
  rate: number,
  { duration, final = 0, unit }: Timed & { readonly duration: number; readonly final?: number },
): Schedule {
  requirePositive({ rate, duration });
  const time = timeOf(unit);
  return {
    rate: (moment) => {
      const part = Math.min(time(moment) / duration, 1);
      return final + ((rate - final) * (1 + Math.cos(Math.PI * part))) / 2;
    },
  };
}

/** From `rate` to `final` (default 0) by (1 - t / duration)^power; power 1, the default, is a straight line. */
export function polynomialDecay(
  rate: number,
  {
    duration,
    final = 0,
    power = 1,
    unit,
  }: Timed & { readonly duration: number; readonly final?: number; readonly power?: number },
): Schedule {
  requirePositive({ rate, duration, power });
  const time = timeOf(unit);
  return { rate: (moment) => final + (rate - final) * (1 - Math.min(time(moment) / duration, 1)) ** power };
}

/** rate x gamma^t: times `gamma` every epoch or step, without jumps. */
export function exponentialDecay(rate: number, { gamma, unit }: Timed & { readonly gamma: number }): Schedule {
  requirePositive({ rate, gamma });
  const time = timeOf(unit);
  return { rate: (moment) => rate * gamma ** time(moment) };
}

/** Another schedule, times a factor that rises from `from` (default 0.01) to 1 over `duration`, in a straight line. */
export function warmUp(
  schedule: Schedule,
  { duration, from = 0.01, unit }: Timed & { readonly duration: number; readonly from?: number },
): Schedule {
  requirePositive({ duration, from });
  const time = timeOf(unit);
  return {
    ...schedule,
    rate: (moment, memory) =>
      schedule.rate(moment, memory) * Math.min(from + ((1 - from) * time(moment)) / duration, 1),
  };
}

export interface PlateauOptions {
  /** Default 0.1. */
  readonly factor?: number;
  /** Epochs without improvement that are waited; default 10. */
  readonly patience?: number;
  /** What counts as an improvement, as a part of the best value; default 1e-4. */
  readonly threshold?: number;
  /** Default 0. */
  readonly minimum?: number;
}

/** Times `factor` when the monitored value has not improved for longer than `patience` epochs. As PyTorch's ReduceLROnPlateau. */
export function reduceOnPlateau(rate: number, options: PlateauOptions = {}): Schedule {
  const { factor = 0.1, patience = 10, threshold = 1e-4, minimum = 0 } = options;
  requirePositive({ rate, factor });
  const start: PlateauMemory = { rate, best: null, waited: 0 };
  return {
    start,
    rate: (_moment, memory = start) => (memory as PlateauMemory).rate,
    observe: (value, memory) => {
      const before = memory as PlateauMemory;
      const { best } = before;
      if (best === null || value < best - threshold * Math.abs(best)) return { ...before, best: value, waited: 0 };
      if (before.waited < patience) return { ...before, waited: before.waited + 1 };
      return { ...before, rate: Math.max(before.rate * factor, minimum), waited: 0 };
    },
  };
}

interface PlateauMemory {
  readonly rate: number;
  readonly best: number | null;
  readonly waited: number;
}
