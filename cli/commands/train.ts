import { resolve } from "node:path";
import { Command } from "commander";
import * as tf from "millrace";
import { readWeights } from "millrace/node";
import { openBackend } from "../backend.ts";
import { UsageError } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatCount } from "../terminal/format.ts";
import {
  architectureOf,
  buildNetwork,
  evaluationBatches,
  layerPatterns,
  openData,
  trainingBatches,
} from "../training/network.ts";
import type { ExplainedNetwork } from "../training/grad-cam.ts";
import { addTrainOptions, resumedSettings, settingsOf, type TrainOptions } from "../training/options.ts";
import { percent, ProgressDisplay } from "../training/progress.ts";
import { RunRecorder } from "../training/recorder.ts";
import { writeRunReport } from "../training/run-report.ts";
import { optimizerOf, RunFolder, scheduleOf, type Settings } from "../training/settings.ts";
import { type StopSignals, stopSignals } from "../training/stop-signals.ts";

export function trainCommand(): Command {
  const command = new Command("train")
    .summary("train a network on a folder of images")
    .description(
      "Trains a classifier on DATA: a folder with one sub-folder a class (or train, val and test with such sub-folders), " +
        "MNIST's or CIFAR's files, a .npz, .tar or .tfrecord file. Keeps checkpoints, metrics.jsonl, TensorBoard's event " +
        "files and report.html in --out. Stopped at any moment, --resume goes on from the last checkpoint and comes to the " +
        "same weights, bit by bit. Ctrl-C ends it after the step under way, with a checkpoint; a second one at once.",
    )
    .argument("[data]", "the data set; with --resume the run knows it");
  return addTrainOptions(command).action(async (data: string | undefined, options: TrainOptions) => {
    using display = new Display();
    using signals = stopSignals(() => display.line("stopping after this step ..."));
    await train(data ?? "", options, command, { display, signals });
    if (signals.exitCode() !== 0) process.exit(signals.exitCode());
  });
}

interface Surroundings {
  readonly display: Display;
  readonly signals: StopSignals;
}

async function train(
  path: string,
  options: TrainOptions,
  command: Command,
  { display, signals }: Surroundings,
): Promise<void> {
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

  const data = await openData(settings, settings.data, before?.classes);
  // Before the work begins: a folder that cannot be written is found out now.
  await run.write(settings, data.classes);
  const loading = {
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    strict: options.strict ?? false,
    onBroken: ({ name, reason }: tf.data.BrokenImage): void => display.line(`left out ${name}: ${reason}`),
  };
  await using batches = trainingBatches(settings, data.train, loading);
  await using validation = data.validation === null ? null : evaluationBatches(settings, data.validation, loading);
  await using session = new tf.Session({ graph: new tf.Graph(), backend: openBackend(options) });
  describe(
    settings,
    { classes: data.classes, train: data.train.size, validation: data.validation?.size ?? 0 },
    display,
  );

  const progress = new ProgressDisplay(display, totalStepsOf(settings));
  const recorder = new RunRecorder(run, progress, options);
  const models: BuiltModels = { training: null, evaluation: null };
  const result = await tf.train.fit({
    ...fitOptionsOf(settings, data.classes.length, models, display),
    session,
    data: batches,
    ...(validation === null ? {} : { validation }),
    callbacks: [progress, recorder],
    checkpoints: run.checkpoints,
    ...(options.checkpointEvery === undefined ? {} : { checkpointEvery: options.checkpointEvery }),
    resume: true,
    signal: signals.signal,
  });
  display.live("");
  const summary = describeEnd(result, options.out, settings);
  display.line(summary);
  const { evaluation } = models;
  if (result.end === "aborted" || !options.report || evaluation === null) return;
  const source = data.test ?? data.validation ?? data.train;
  await using judged = evaluationBatches(settings, source, loading);
  const name = source === data.test ? "test" : source === data.validation ? "validation" : "training";
  const { file, metrics } = await writeRunReport({
    run,
    settings,
    classes: data.classes,
    session,
    network: explained(evaluation),
    filters: evaluation.parameters[0]!,
    summary,
    data: judged,
    part: name,
  });
  display.line(
    `${name}: loss ${metrics.loss.toFixed(4)} top-1 ${percent(metrics.accuracy)} top-5 ${percent(metrics.top5)}`,
  );
  display.line(`report: ${file}`);
}

/** The network twice, on the same variables. */
interface BuiltModels {
  training: tf.models.Model | null;
  evaluation: tf.models.Model | null;
}

/** With the layers that the report looks into. */
function explained(model: tf.models.Model): ExplainedNetwork {
  const convolutions = model.activations.filter(({ op, rank }) => rank === 4 && /conv\d[_\d]*$/.test(op.name));
  return { ...model, firstConvolution: convolutions[0]!, lastConvolution: convolutions.at(-1)! };
}

/** What of the settings is training's. */
function fitOptionsOf(
  settings: Settings,
  classes: number,
  models: BuiltModels,
  display: Display,
): Omit<tf.train.FitOptions, "session" | "data"> {
  const { epochs, steps, clipNorm, ema, patience, optimizer, weights, data: _data, ...rest } = settings;
  const { weightDecay, labelSmoothing, accumulate, monitor, seed } = settings;
  return {
    network: ({ images, training }) => {
      const built = buildNetwork(settings, classes, { images, training });
      models[training ? "training" : "evaluation"] = built;
      return built;
    },
    optimizer: optimizerOf(settings),
    learningRate: scheduleOf(settings),
    epochs,
    ...(steps === null ? {} : { steps }),
    // AdamW's is its own.
    weightDecay: optimizer === "adamw" ? 0 : weightDecay,
    labelSmoothing,
    accumulate,
    monitor,
    seed,
    ...(clipNorm === null ? {} : { clipNorm }),
    ...(ema === null ? {} : { ema }),
    ...(patience === null ? {} : { earlyStopping: { patience } }),
    freeze: layerPatterns(settings.freeze),
    configuration: { ...rest, optimizer, weights, classes },
    initialize: async ({ session }) => {
      const model = models.training;
      if (weights === null || model === null) return;
      const { loaded, skipped } = await tf.models.loadWeights(session, model, await readWeights(weights), {
        skip: settings.keepHead ? [] : [`fc${architectureOf(settings.model).dense.length + 1}`],
      });
      display.line(
        `${weights}: ${formatCount(loaded.length)} variables loaded, ${skipped.length} left (${skipped.join(", ")})`,
      );
    },
  };
}

function describe(
  settings: Settings,
  count: { classes: readonly string[]; train: number; validation: number },
  display: Display,
): void {
  const { model, imageSize, batchSize, optimizer, learningRate, schedule, epochs } = settings;
  display.line(
    `${model} on ${formatCount(count.train)} images of ${count.classes.length} classes at ${imageSize} x ${imageSize}, ` +
      `${formatCount(count.validation)} to validate with`,
  );
  display.line(`batches of ${batchSize}, ${optimizer} at ${learningRate} (${schedule}), ${epochs} epochs`);
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
  const done = `${formatCount(steps)} steps, ${epochs} epochs`;
  if (end === "aborted") return `stopped after ${done}; go on with: millrace train --out ${out} --resume`;
  const why = end === "early stopping" ? "no more improvement" : "finished";
  return best === null
    ? `${why}: ${done}`
    : `${why}: ${done}; best ${monitor} ${best.value.toFixed(4)} in epoch ${best.epoch}`;
}
