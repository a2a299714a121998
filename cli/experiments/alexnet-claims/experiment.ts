import type * as tf from "millrace";
import { percent } from "../../terminal/format.ts";
import { type Arm, ARMS, TUNED, tunedArmOf } from "./arms.ts";
import { judge, summarize } from "./claims.ts";
import { type Config, TUNING_SEED } from "./config.ts";
import type { ExperimentData } from "./data.ts";
import { finalError, type RunRecord } from "./records.ts";
import {
  type DataDescription,
  readResults,
  requireSame,
  type Results,
  resultsOf,
  writeResults,
} from "./results-file.ts";
import { type PlannedRun, trainArm } from "./train-arm.ts";
import { UnfinishedRun } from "./unfinished-run.ts";

export interface ExperimentOptions {
  readonly config: Config;
  readonly data: ExperimentData;
  /** 0 .. seeds - 1. */
  readonly seeds: number;
  /** Folder of `claims.json`; made when it is not there. */
  readonly out: string;
  readonly backend: tf.Backend;
  /** Ends the experiment after the step under way. */
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: Progress) => void;
  readonly onRun?: (record: RunRecord, progress: Progress) => void;
}

/** Where the experiment is. */
export interface Progress {
  readonly run: PlannedRun;
  /** Runs before this one, in this call and earlier ones. */
  readonly runsBefore: number;
  readonly runs: number;
  /** Steps of this call, and those that are left. */
  readonly stepsDone: number;
  readonly stepsLeft: number;
}

/**
 * Chooses every network's learning rate, then trains all arms with all seeds. Each finished run is kept in `claims.json`
 * at once; what is there already is not done again.
 *
 * @returns what came of it, whole or, when it was stopped, so far.
 * @throws ValueError when the folder holds an experiment with other settings. @throws FormatError when it holds none.
 */
export async function runExperiment(options: ExperimentOptions): Promise<{ results: Results; isWhole: boolean }> {
  const { config, data, seeds, out, signal } = options;
  const description = describe(data);
  const before = await readResults(out);
  if (before !== null) requireSame(before, config, description);
  const records: RunRecord[] = [...(before?.runs ?? [])];
  const unfinished = new UnfinishedRun(out);
  const resultsNow = (): Results => {
    const asked = records.filter(({ purpose, seed }) => purpose === "trial" || seed < seeds);
    const summaries = summarize(asked, config, data.classes.length);
    const findings = judge(asked, config, data.classes.length);
    return resultsOf({ config, data: description, arms: ARMS, runs: records, summaries, findings });
  };
  // Before the work begins: a folder that cannot be written is found out now.
  await writeResults(out, resultsNow());

  const total = countOf(config, seeds);
  let stepsDone = 0;
  for (const { arm, planned } of runsOf(config, seeds, records)) {
    if (signal?.aborted === true) break;
    const runsBefore = records.length;
    const stepsLeft = total.steps - stepsOf(records, config);
    const at = (step: number): Progress => ({
      run: planned,
      runsBefore,
      runs: total.runs,
      stepsDone: stepsDone + step,
      stepsLeft: stepsLeft - step,
    });
    let first: number | null = null;
    const onStep = (step: number): void => {
      // A run that goes on in its middle is not credited with the steps of another call.
      first ??= step - 1;
      options.onStep?.({ ...at(step), stepsDone: stepsDone + step - first });
    };
    const record = await trainArm(arm, planned, { ...options, unfinished, onStep });
    if (record === null) break;
    records.push(record);
    await writeResults(out, resultsNow());
    await unfinished.remove();
    stepsDone += planned.steps - (first ?? 0);
    options.onRun?.(record, { ...at(planned.steps), runsBefore: records.length });
  }
  const isWhole = runsOf(config, seeds, records).next().done === true;
  return { results: resultsNow(), isWhole };
}

/** What is left to do, in order: rates first, then seed by seed, so that a part of the experiment is a fair one. */
function* runsOf(
  config: Config,
  seeds: number,
  records: readonly RunRecord[],
): Generator<{ readonly arm: Arm; readonly planned: PlannedRun }, void, undefined> {
  const isDone = (purpose: RunRecord["purpose"], arm: Arm, seed: number, rate?: number): boolean =>
    records.some(
      (record) =>
        record.purpose === purpose &&
        record.arm === arm.name &&
        record.seed === seed &&
        (rate === undefined || record.learningRate === rate),
    );
  for (const arm of TUNED) {
    for (const learningRate of config.rates) {
      if (isDone("trial", arm, TUNING_SEED, learningRate)) continue;
      const planned = { purpose: "trial", arm: arm.name, seed: TUNING_SEED, learningRate } as const;
      yield { arm, planned: { ...planned, steps: config.tuningSteps } };
    }
  }
  for (let seed = 0; seed < seeds; seed++) {
    for (const arm of ARMS) {
      if (isDone("result", arm, seed)) continue;
      const learningRate = chosenRate(arm, records);
      yield { arm, planned: { purpose: "result", arm: arm.name, seed, learningRate, steps: config.steps } };
    }
  }
}

/** The rate whose trial ended with the lowest validation loss. */
export function chosenRate(arm: Arm, records: readonly RunRecord[]): number {
  const { name } = tunedArmOf(arm);
  const trials = records.filter((record) => record.purpose === "trial" && record.arm === name);
  const lossOf = ({ points, diverged }: RunRecord): number =>
    diverged ? Number.POSITIVE_INFINITY : (points.at(-1)?.heldOutLoss ?? Number.POSITIVE_INFINITY);
  const best = trials.reduce((low, trial) => (lossOf(trial) < lossOf(low) ? trial : low));
  return best.learningRate;
}

function countOf(config: Config, seeds: number): { runs: number; steps: number } {
  const trials = TUNED.length * config.rates.length;
  const results = ARMS.length * seeds;
  return { runs: trials + results, steps: trials * config.tuningSteps + results * config.steps };
}

function stepsOf(records: readonly RunRecord[], { steps, tuningSteps }: Config): number {
  return records.reduce((sum, { purpose }) => sum + (purpose === "trial" ? tuningSteps : steps), 0);
}

function describe({ classes, train, validation, test, sha256 }: ExperimentData): DataDescription {
  return { classes, train: train.size, validation: validation.size, test: test.size, sha256 };
}

/** For a line about a finished run. */
export function describeRun(record: RunRecord, classes: number): string {
  const { purpose, arm, seed, learningRate, diverged } = record;
  const what = purpose === "trial" ? `trial of rate ${learningRate}: ${arm}` : `seed ${seed}: ${arm}`;
  if (diverged) return `${what}  diverged`;
  const heldOut = purpose === "trial" ? "validation" : "test";
  return `${what}  training error ${percent(record.points.at(-1)?.trainError ?? 1)}, ${heldOut} error ${percent(finalError(record, classes))}`;
}
