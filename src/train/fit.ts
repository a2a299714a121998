import { NumericsError, ValueError } from "../core/errors.ts";
import { globalVariables, globalVariablesInitializer } from "../ops/index.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { SessionState } from "../runtime/session-state.ts";
import type { Batch } from "./batch-source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { evaluate, requireLabels } from "./evaluate.ts";
import {
  diverged,
  nonFiniteVariable,
  noBatches,
  requireEnd,
  requireSameSettings,
  requireSchedule,
  requireSteps,
  requireVariables,
} from "./fit-errors.ts";
import type { FitCallback, FitOptions, FitResult, FitRun } from "./fit-options.ts";
import { type Best, type EpochRecord, type FitState, NO_SUMS } from "./fit-state.ts";
import type { ClassificationMetrics } from "./metrics.ts";
import { MomentumOptimizer } from "./momentum.ts";
import { constantRate, type Schedule } from "./schedules.ts";
import { buildTrainingGraph } from "./training-graph.ts";

/**
 * Trains a classifier: builds the training graph in the session's graph, then runs steps until the epochs are done.
 *
 * With `checkpoints` and `resume` a run that was stopped at any moment goes on from its last checkpoint, and comes to the
 * same numbers, bit by bit, as one that never was.
 *
 * @throws ValueError, ShapeError when options do not fit. @throws NumericsError when the loss or a weight is no finite number.
 * @throws CheckpointError when a checkpoint cannot be written.
 * @example
 * await using session = new tf.Session();
 * const { network } = await tf.train.fit({
 *   session,
 *   network: ({ images, training }) => tf.models.lenet5({ images, training }),
 *   data,
 *   learningRate: tf.train.cosineDecay(0.05, { duration: 10 }),
 *   epochs: 10,
 * });
 */
export async function fit(options: FitOptions): Promise<FitResult> {
  const checkpoint = options.resume === true ? ((await options.checkpoints?.latest()) ?? null) : null;
  if (checkpoint !== null) requireSameSettings(checkpoint.state.configuration, options.configuration ?? null);
  const { graph } = options.session;
  graph.seed = checkpoint?.state.seed ?? options.seed ?? graph.seed ?? Math.floor(Math.random() * 2 ** 32);
  const fitting = new Fitting(options, graph.seed);
  const { callbacks = [] } = options;
  let result: FitResult;
  try {
    await fitting.begin(checkpoint);
    result = await fitting.loop();
  } catch (error) {
    // What a callback throws on top of it must not hide why the run failed.
    await endAll(callbacks);
    throw error;
  }
  const failures = await endAll(callbacks);
  if (failures.length > 0) throw failures[0];
  return result;
}

/** Tells all callbacks, whatever others throw; what was thrown. */
async function endAll(callbacks: readonly FitCallback[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const callback of callbacks) {
    try {
      await callback.onEnd?.();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

class Fitting {
  readonly #options: FitOptions;
  readonly #schedule: Schedule;
  readonly #run: FitRun;
  #state: FitState;
  #end: FitResult["end"] | null = null;
  /** The newest batch's learning rate. */
  #learningRate: number | null = null;
  /** Of the last checkpoint. */
  #savedStep: number | null = null;

  constructor(options: FitOptions, seed: number) {
    requireEnd(options);
    requireSteps(options);
    requireSchedule(options.learningRate);
    const {
      learningRate,
      data,
      session,
      optimizer = (rate): MomentumOptimizer => new MomentumOptimizer(rate, 0.9),
    } = options;
    const imageShape = options.imageShape ?? data.imageShape;
    if (imageShape === undefined) {
      throw new ValueError({
        problem: "fit: the images' shape is unknown.",
        fix: "pass imageShape: [height, width, channels].",
      });
    }
    this.#options = options;
    this.#schedule = typeof learningRate === "number" ? constantRate(learningRate) : learningRate;
    const graph = buildTrainingGraph(session.graph, imageShape, { ...options, optimizer });
    const network = { images: graph.images, logits: graph.evaluation.logits };
    this.#run = { session, graph, network, firstStep: 0, epochs: options.epochs };
    this.#state = {
      step: 0,
      epoch: 0,
      stage: 0,
      data: data.state?.() ?? null,
      seed,
      randomRuns: {},
      schedule: this.#schedule.start ?? null,
      sums: NO_SUMS,
      stepSums: NO_SUMS,
      best: null,
      waited: 0,
      history: [],
      isValidating: false,
      stoppedEarly: false,
      configuration: options.configuration ?? null,
    };
  }

  /** Gives the variables their values. */
  async begin(checkpoint: Checkpoint | null): Promise<void> {
    const { session, graph } = this.#run;
    const { initialize, data, callbacks = [] } = this.#options;
    if (checkpoint === null) {
      await session.run(globalVariablesInitializer(session.graph));
      await initialize?.(this.#run);
      if (graph.start !== null) await session.run(graph.start);
    } else {
      const { variables, state } = checkpoint;
      requireVariables(
        variables,
        globalVariables(session.graph).map(({ op, shape }) => [op.name, shape]),
      );
      await session.importState({ variables, randomRuns: new Map(Object.entries(state.randomRuns)) });
      if (state.data !== null) data.restore?.(state.data);
      // Data that cannot go on in the middle of an epoch begins it anew.
      const canGoOn = state.data !== null || state.isValidating === true;
      this.#state = canGoOn ? state : { ...state, sums: NO_SUMS, stepSums: NO_SUMS, stage: 0 };
      this.#savedStep = state.step;
      if (state.stoppedEarly) this.#end = "early stopping";
    }
    const run = { ...this.#run, firstStep: this.#state.step };
    for (const callback of callbacks) await callback.onStart?.(run);
  }

  async loop(): Promise<FitResult> {
    const { signal } = this.#options;
    if (this.#state.isValidating === true) await this.#endEpoch();
    while (this.#end === null && this.#hasMoreToDo()) await this.#epoch();
    if (signal?.aborted === true || this.#state.step !== this.#savedStep) await this.#save();
    const { step, epoch, history, best } = this.#state;
    const { network, graph } = this.#run;
    return { steps: step, epochs: epoch, history, best, end: this.#end ?? "finished", network, graph };
  }

  #hasMoreToDo(): boolean {
    const { epochs = Number.POSITIVE_INFINITY, steps = Number.POSITIVE_INFINITY } = this.#options;
    return this.#state.epoch < epochs && this.#state.step < steps;
  }

  /** What is left of an epoch, and what comes after it. */
  async #epoch(): Promise<void> {
    const { data, signal, checkpointEvery } = this.#options;
    const before = data.state?.();
    for await (const batch of data) {
      const isStep = await this.#batch(batch);
      const position = data.state?.() ?? null;
      this.#state = { ...this.#state, data: position };
      const isLast = before !== undefined && position?.epoch !== before.epoch;
      if (signal?.aborted === true) this.#end = "aborted";
      // After the last batch the epoch has to be finished first: its checkpoint says so.
      if (isLast) continue;
      if (this.#end !== null || !this.#hasMoreToDo()) return;
      if (isStep && checkpointEvery !== undefined && this.#state.step % checkpointEvery === 0) await this.#save();
    }
    // The data may have ended without another batch: their last pictures were broken.
    this.#state = { ...this.#state, data: data.state?.() ?? null };
    await this.#endEpoch();
  }

  /** Runs one batch; true when it ended a step. */
  async #batch(batch: Batch): Promise<boolean> {
    const { session, graph } = this.#run;
    requireLabels(batch, graph.classes);
    const { step, stage, sums, stepSums } = this.#state;
    const learningRate = this.#rate();
    this.#learningRate = learningRate;
    const isLast = stage === graph.stages.length - 1;
    const fetches = {
      loss: graph.loss,
      correct: graph.correct,
      norm: isLast ? graph.gradientNorm : null,
      stage: graph.stages[stage]!,
    };
    const fetched = await session.run(fetches, this.#feedsOf(batch, learningRate));
    const loss = fetched.loss.item();
    const correct = fetched.correct.item();
    if (!Number.isFinite(loss)) throw this.#diverged(`the loss is ${loss} at step ${step + 1}`);
    const add = (to: typeof sums): typeof sums => ({
      loss: to.loss + loss * batch.size,
      correct: to.correct + correct,
      images: to.images + batch.size,
      batches: to.batches + 1,
    });
    this.#state = {
      ...this.#state,
      sums: add(sums),
      stepSums: add(stepSums),
      stage: isLast ? 0 : stage + 1,
      step: isLast ? step + 1 : step,
    };
    batch.release?.();
    if (isLast) await this.#reportStep(learningRate, fetched.norm?.item() ?? 0);
    return isLast;
  }

  #feedsOf(batch: Batch, learningRate: number): (readonly [Tensor, number | Float32Array | Int32Array])[] {
    const { graph } = this.#run;
    const isLast = this.#state.stage === graph.stages.length - 1;
    return [
      [graph.images, batch.images],
      [graph.labels, batch.labels],
      ...(batch.targets === undefined ? [] : [[graph.targets, batch.targets] as const]),
      ...(isLast ? [[graph.learningRate, learningRate] as const] : []),
    ];
  }

  #rate(): number {
    const { step, epoch, sums, schedule } = this.#state;
    const { batchesPerEpoch } = this.#options.data;
    const passed = batchesPerEpoch === undefined ? 0 : sums.batches / batchesPerEpoch;
    return this.#schedule.rate({ step, epoch: epoch + passed }, schedule ?? undefined);
  }

  async #reportStep(learningRate: number, gradientNorm: number): Promise<void> {
    const { step, epoch, sums, stepSums } = this.#state;
    const { images, loss, correct } = stepSums;
    this.#state = { ...this.#state, stepSums: NO_SUMS };
    const { callbacks = [], data } = this.#options;
    for (const callback of callbacks) {
      await callback.onStep?.({
        step,
        epoch: epoch + 1,
        batch: sums.batches,
        batchesPerEpoch: data.batchesPerEpoch,
        images,
        learningRate,
        loss: loss / images,
        accuracy: correct / images,
        gradientNorm,
      });
    }
  }

  async #endEpoch(): Promise<void> {
    const { callbacks = [], monitor = "loss", earlyStopping, signal } = this.#options;
    const { sums, step, epoch, history } = this.#state;
    if (sums.images === 0) throw noBatches(epoch);
    const learningRate = this.#rate();
    // The last loss was of the weights before their last update.
    await this.#finiteState();
    let metrics: ClassificationMetrics | null;
    try {
      metrics = await this.#validate();
    } catch (error) {
      if (error instanceof NumericsError) throw this.#diverged(`validated after step ${step}: ${error.problem}`, error);
      // The checkpoint says so: a run that goes on validates first.
      this.#state = { ...this.#state, isValidating: true };
      if (signal?.aborted === true && error === signal.reason) {
        this.#end = "aborted";
        return;
      }
      await this.#save();
      throw error;
    }
    const record: EpochRecord = {
      epoch: epoch + 1,
      step,
      learningRate,
      loss: sums.loss / sums.images,
      accuracy: sums.correct / sums.images,
      ...(metrics === null
        ? {}
        : { validation: { loss: metrics.loss, accuracy: metrics.accuracy, top5: metrics.top5 } }),
    };
    const value = (metrics ?? record)[monitor];
    const { best, isBest, waited } = this.#judge(value, { epoch: epoch + 1, step, value });
    const { schedule } = this.#state;
    const observed = this.#schedule.observe?.(monitor === "loss" ? value : -value, schedule) ?? schedule;
    if (earlyStopping !== undefined && waited >= Math.max(earlyStopping.patience, 1)) this.#end ??= "early stopping";
    this.#state = {
      ...this.#state,
      epoch: epoch + 1,
      sums: NO_SUMS,
      schedule: observed,
      best,
      waited,
      history: [...history, record],
      isValidating: false,
      stoppedEarly: this.#end === "early stopping",
    };
    for (const callback of callbacks) await callback.onEpoch?.({ ...record, metrics, isBest });
    await this.#save();
  }

  /** null without validation data. @throws the signal's reason, when that comes first. */
  #validate(): Promise<ClassificationMetrics> | null {
    const { session, network } = this.#run;
    const { validation, callbacks = [], signal } = this.#options;
    if (validation === undefined) return null;
    const epoch = this.#state.epoch + 1;
    let images = 0;
    const onPrediction = (): void => {
      images++;
      for (const callback of callbacks) callback.onValidation?.({ epoch, images });
    };
    return evaluate({ session, network, data: validation, onPrediction, signal });
  }

  #judge(value: number, now: Best): { best: Best | null; isBest: boolean; waited: number } {
    const { monitor = "loss", earlyStopping } = this.#options;
    const { best, waited } = this.#state;
    const gain =
      best === null ? Number.POSITIVE_INFINITY : monitor === "loss" ? best.value - value : value - best.value;
    if (gain > 0) {
      // A gain too small to wait for may still be the best.
      return { best: now, isBest: true, waited: gain > (earlyStopping?.minDelta ?? 0) ? 0 : waited + 1 };
    }
    return { best, isBest: false, waited: waited + 1 };
  }

  async #save(): Promise<void> {
    const { checkpoints, callbacks = [] } = this.#options;
    const { variables, randomRuns } = await this.#finiteState();
    if (checkpoints === undefined) return;
    this.#state = { ...this.#state, randomRuns: Object.fromEntries(randomRuns) };
    await checkpoints.save({ variables, state: this.#state });
    this.#savedStep = this.#state.step;
    for (const callback of callbacks) await callback.onCheckpoint?.(this.#state.step);
  }

  /** All variables, to be kept. @throws NumericsError: what is no number would be resumed, evaluated and called best. */
  async #finiteState(): Promise<SessionState> {
    const state = await this.#run.session.exportState();
    const wrong = nonFiniteVariable(state.variables);
    if (wrong !== null) throw this.#diverged(`"${wrong}" is not finite after step ${this.#state.step}`);
    return state;
  }

  #diverged(what: string, cause?: NumericsError): NumericsError {
    const learningRate = this.#learningRate ?? this.#rate();
    return diverged(what, { learningRate, step: this.#state.step, savedStep: this.#savedStep, cause });
  }
}
