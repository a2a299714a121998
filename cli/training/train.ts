import { resolve } from "node:path";
import type { Command } from "commander";
import * as tf from "millrace";
import { type ImageData, readMetrics, runtimeAdvice } from "millrace/node";
import { openBackend } from "../backend.ts";
import { UsageError } from "../options.ts";
import type { Display } from "../terminal/display.ts";
import { formatCount, formatCounted, percent, printable, shellWord } from "../terminal/format.ts";
import { CheckpointSpace } from "./checkpoint-space.ts";
import { type BuiltModels, explained, fitOptionsOf } from "./fit-options.ts";
import { guessingAdvice } from "./guessing.ts";
import { evaluationBatches, type LoadingOptions, openData, trainingBatches } from "./network.ts";
import { requireFitting, resumedSettings, settingsOf, type TrainOptions } from "./options.ts";
import { judgedLine, ProgressDisplay } from "./progress.ts";
import { RunRecorder } from "./recorder.ts";
import { writeRunReport } from "./run-report.ts";
import { RunFolder, type Settings } from "./settings.ts";
import type { StopSignals } from "./stop-signals.ts";

interface Surroundings {
  readonly command: Command;
  readonly display: Display;
  readonly signals: StopSignals;
}

/** Everything of one call of `millrace train`, opened. */
interface OpenRun {
  readonly run: RunFolder;
  readonly settings: Settings;
  readonly data: ImageData;
  readonly loading: LoadingOptions;
  /** Whether this call began it. */
  readonly isNew: boolean;
}

/** Trains, or goes on training, and writes the report. @param path of the data; empty when the run knows it. */
export async function train(path: string, options: TrainOptions, surroundings: Surroundings): Promise<void> {
  const opened = await open(path, options, surroundings);
  try {
    await trainIn(opened, options, surroundings);
  } catch (error) {
    await clearUp(opened, error, surroundings.display);
    throw error;
  }
}

async function trainIn(opened: OpenRun, options: TrainOptions, { display, signals }: Surroundings): Promise<void> {
  const { run, settings, data, loading } = opened;
  await using batches = trainingBatches(settings, data.train, loading);
  await using validation = data.validation === null ? null : evaluationBatches(settings, data.validation, loading);
  await using session = new tf.Session({ graph: new tf.Graph(), backend: openBackend(options) });
  describeStart(settings, data, display);
  if (options.backend === "wasm") for (const better of runtimeAdvice()) display.line(`faster here with ${better}`);
  const progress = new ProgressDisplay(display, {
    totalSteps: totalStepsOf(settings),
    validationImages: data.validation?.size ?? 0,
  });
  const models: BuiltModels = { training: null, evaluation: null };
  const result = await tf.train
    .fit({
      ...fitOptionsOf(settings, data, models, display),
      session,
      data: batches,
      ...(validation === null ? {} : { validation }),
      callbacks: [
        new CheckpointSpace({ folder: options.out, keep: options.keep, display }),
        progress,
        new RunRecorder(run, progress, batches, options),
      ],
      checkpoints: run.checkpoints,
      ...(options.checkpointEvery === undefined ? {} : { checkpointEvery: options.checkpointEvery }),
      // A new run finds no checkpoint.
      resume: true,
      signal: signals.signal,
    })
    .catch((error: unknown) => {
      throw isBehindData(error) ? dataShrank(settings.data, data.train.size, error) : error;
    });
  const summary = describeEnd(result, options.out, settings);
  display.line(summary);
  if (result.end !== "aborted" && options.report) {
    const { signal } = signals;
    const trained = { session, models, summary, display, signal, tensorboard: options.tensorboard };
    await report(opened, trained).catch((error: unknown) => {
      if (!signal.aborted || error !== signal.reason) throw error;
      display.live("");
      display.line(`stopped before there was a report; it is written by: ${resumeCommand(options.out)}`);
    });
  }
}

/**
 * Before a full disk, or whatever else ended the run, is said: what it has not taken with it. A run that failed before its
 * first step is none: its folder takes another, with other options.
 */
async function clearUp({ run, isNew }: OpenRun, error: unknown, display: Display): Promise<void> {
  const last = (await run.checkpoints.steps().catch(() => [])).at(-1);
  if (last === undefined) {
    const isEmpty = (await readMetrics(run.file("metrics.jsonl")).catch(() => null))?.length === 0;
    if (isNew && isEmpty) await run.withdraw();
  } else if (!(error instanceof tf.CheckpointError)) {
    display.live("");
    display.line(`all up to step ${formatCount(last)} is kept; go on with: ${resumeCommand(run.path)}`);
  }
}

/** The library's error of a place in the data that is not there, which tells programmers what to do. */
function isBehindData(error: unknown): error is tf.ValueError {
  return error instanceof tf.ValueError && error.problem.startsWith("batches: position");
}

function dataShrank(path: string, size: number, cause: tf.ValueError): tf.ValueError {
  return new tf.ValueError({
    problem: `${printable(path)} has fewer pictures to train on than when the run was stopped: ${formatCount(size)}, and it was further on.`,
    fix: "bring the pictures back, or start another run, with another --out.",
    cause,
  });
}

function resumeCommand(out: string): string {
  return `millrace train --out ${shellWord(out)} --resume`;
}

/** @throws UsageError when there is a run already, and it is not to be resumed with these options. */
async function open(path: string, options: TrainOptions, { command, display }: Surroundings): Promise<OpenRun> {
  const run = new RunFolder(options.out, options.keep);
  const before = await run.read();
  if (before !== null && options.resume !== true) {
    throw new UsageError(
      `--out ${options.out}: there is a run in it. Go on with it by --resume, or pass another folder.`,
    );
  }
  const given = settingsOf(path === "" ? "" : resolve(path), options);
  const settings = before === null ? given : resumedSettings(before.settings, command, given);
  if (settings.data === "") throw new UsageError("missing required argument 'data'");
  if (before === null) requireFitting(settings, options.out);
  const data = await openData(settings, settings.data, before?.classes);
  requireClasses(data, settings.data);
  // Before the work begins: a folder that cannot be written is found out now.
  await run.write(settings, data.classes);
  const loading = {
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    strict: options.strict ?? false,
    onBroken: ({ name, reason }: tf.data.BrokenImage): void =>
      display.line(`left out ${printable(`${name}: ${reason}`)}`),
  };
  return { run, settings, data, loading, isNew: before === null };
}

/** @throws ValueError for fewer than two classes: always naming the only one is right, whatever was learned. */
function requireClasses({ classes }: ImageData, path: string): void {
  if (classes.length > 1) return;
  const [only] = classes;
  throw new tf.ValueError({
    problem: `${printable(path)} has ${only === undefined ? "no class" : `only one class, "${printable(only)}"`}: there is nothing to tell apart.`,
    fix: "pass the folder with one sub-folder a class; what was unpacked often has it a level below.",
  });
}

interface Trained {
  readonly session: tf.Session;
  readonly models: BuiltModels;
  readonly summary: string;
  readonly display: Display;
  readonly signal: AbortSignal;
  readonly tensorboard: boolean;
}

/**
 * Measures the best weights on images that training did not see, as far as there are any.
 * @throws the signal's reason, when that comes first.
 */
async function report(
  { run, settings, data, loading }: OpenRun,
  { session, models, summary, display, signal, tensorboard }: Trained,
): Promise<void> {
  const { evaluation } = models;
  if (evaluation === null) return;
  const part = data.test !== null ? "test" : data.validation !== null ? "validation" : "train";
  const images = data[part] ?? data.train;
  await using judged = evaluationBatches(settings, images, loading);
  const { file, metrics } = await writeRunReport({
    run,
    settings,
    classes: data.classes,
    session,
    network: explained(evaluation),
    filters: evaluation.parameters[0]!,
    summary,
    data: judged,
    part,
    tensorboard,
    signal,
    onJudged: (count) => display.live(judgedLine(part, count, images.size)),
  });
  display.live("");
  const { loss, accuracy, top5 } = metrics;
  display.line(`${part}: loss ${loss.toFixed(4)} top-1 ${percent(accuracy)} top-5 ${percent(top5)}`);
  for (const line of guessingAdvice(metrics, data.classes)) display.line(line);
  display.line(`report: ${file}`);
}

function describeStart(settings: Settings, { classes, train: images, validation }: ImageData, display: Display): void {
  const { model, imageSize, batchSize, optimizer, learningRate, schedule, epochs } = settings;
  display.line(
    `${model} on ${formatCount(images.size)} images of ${classes.length} classes at ${imageSize} x ${imageSize}, ` +
      `${formatCount(validation?.size ?? 0)} to validate with`,
  );
  display.line(
    `batches of ${batchSize}, ${optimizer} at ${learningRate} (${schedule}), ${formatCounted(epochs, "epoch")}`,
  );
}

function totalStepsOf({
  epochs,
  steps,
  accumulate,
}: Settings): (batchesPerEpoch: number | undefined) => number | undefined {
  return (batchesPerEpoch) => {
    const all = batchesPerEpoch === undefined ? null : Math.floor((epochs * batchesPerEpoch) / accumulate);
    if (all === null) return steps ?? undefined;
    return steps === null ? all : Math.min(all, steps);
  };
}

function describeEnd({ end, steps, epochs, best }: tf.train.FitResult, out: string, { monitor }: Settings): string {
  const done = `${formatCounted(steps, "step")}, ${formatCounted(epochs, "epoch")}`;
  if (end === "aborted") return `stopped after ${done}; go on with: ${resumeCommand(out)}`;
  const why = end === "early stopping" ? "no more improvement" : "finished";
  return best === null
    ? `${why}: ${done}`
    : `${why}: ${done}; best ${monitor} ${best.value.toFixed(4)} in epoch ${best.epoch}`;
}
