/** The options of `millrace train`, and the settings that they mean. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Command, Option } from "commander";
import * as tf from "millrace";
import { backendOption, type BackendOptions, threadsOption } from "../backend.ts";
import {
  batchSizeOption,
  imageSizeOption,
  normalizationOption,
  numberFrom,
  oneOf,
  positiveNumber,
  UsageError,
  wholeNumber,
  workersOption,
} from "../options.ts";
import { architectureOf, channelsOf, TRAIN_MODELS, type TrainModel } from "./network.ts";
import { type OptimizerName, OPTIMIZERS, type ScheduleName, SCHEDULES, type Settings } from "./settings.ts";

export interface TrainOptions extends BackendOptions {
  readonly out: string;
  readonly model: TrainModel;
  readonly imageSize?: number;
  readonly normalization?: tf.models.Normalization;
  readonly dropout: number;
  readonly preset?: Settings["preset"];
  readonly mix?: "mixup" | "cutmix";
  readonly batchSize: number;
  readonly epochs: number;
  readonly steps?: number;
  readonly optimizer?: OptimizerName;
  readonly learningRate?: number;
  readonly schedule: ScheduleName;
  readonly warmUp: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
  readonly labelSmoothing: number;
  readonly classWeights?: string[];
  readonly accumulate: number;
  readonly ema?: number;
  readonly earlyStopping?: number;
  readonly monitor: "loss" | "accuracy";
  readonly weights?: string;
  readonly keepHead?: boolean;
  readonly freeze?: string[];
  readonly validation?: number;
  readonly seed: number;
  readonly resume?: boolean;
  readonly checkpointEvery?: number;
  readonly keep: number;
  readonly workers?: number;
  readonly strict?: boolean;
  readonly report: boolean;
  readonly tensorboard: boolean;
}

const MANY = 1_000_000;

/** Adds them to the command. */
export function addTrainOptions(command: Command): Command {
  return command
    .addOption(new Option("-o, --out <folder>", "where the run is kept").makeOptionMandatory())
    .addOption(oneOf("-m, --model <name>", "the network", TRAIN_MODELS, "alexnet"))
    .addOption(imageSizeOption())
    .addOption(
      normalizationOption("behind the convolutions (default: batch; the paper's for lenet5 and with --weights)"),
    )
    .addOption(
      numberFrom("--dropout <part>", "dropped of the fully connected layers' inputs", { from: 0, below: 1 }, 0.5),
    )
    .addOption(
      oneOf("--preset <name>", "augmentation (default: alexnet, the paper's; for lenet5 plain: no mirroring)", [
        ...Object.keys(tf.data.presets),
        "plain",
      ]),
    )
    .addOption(oneOf("--mix <kind>", "also mix pictures", ["mixup", "cutmix"]))
    .addOption(batchSizeOption())
    .addOption(wholeNumber("-e, --epochs <n>", "times through the data", { from: 1, to: MANY }, 10))
    .addOption(wholeNumber("-s, --steps <n>", "end after so many steps", { from: 1, to: 1_000_000_000 }))
    .addOption(
      oneOf(
        "--optimizer <name>",
        "how weights move (default: adam; momentum for lenet5 and with --weights)",
        OPTIMIZERS,
      ),
    )
    .addOption(
      positiveNumber(
        "-l, --learning-rate <x>",
        "at its highest (default: adam, adamw and rmsprop 0.0003; others 0.005, for lenet5 0.05)",
      ),
    )
    .addOption(oneOf("--schedule <name>", "how the learning rate falls", SCHEDULES, "cosine"))
    .addOption(numberFrom("--warm-up <epochs>", "the learning rate rises first", { from: 0, below: MANY }, 1))
    .addOption(numberFrom("--weight-decay <x>", "of weights, not of biases and norms", { from: 0, below: 1 }, 1e-4))
    .addOption(positiveNumber("--clip-norm <x>", "bounds the norm of the gradients", 5))
    .addOption(
      numberFrom("--label-smoothing <part>", "of each label, spread over all classes", { from: 0, below: 1 }, 0),
    )
    .option(
      "--class-weights <weights...>",
      "in the loss: balanced (rare classes count more), or NAME=WEIGHT for some classes, 1 for the others",
    )
    .addOption(wholeNumber("--accumulate <n>", "batches a step", { from: 1, to: 65_536 }, 1))
    .addOption(numberFrom("--ema <decay>", "keep and use moving averages of the weights, 0.999", { from: 0, below: 1 }))
    .addOption(
      wholeNumber("--early-stopping <epochs>", "end after so many epochs without improvement", { from: 1, to: MANY }),
    )
    .addOption(oneOf("--monitor <value>", "of the validation data: which epoch is best", ["loss", "accuracy"], "loss"))
    .option("-w, --weights <file>", "begin with these weights: .safetensors, .h5, .npz, hf:owner/name")
    .option("--keep-head", "load the last layer, too")
    .option("--freeze <patterns...>", "layers that stay as they are: features, classifier, conv1, fc*")
    .addOption(
      numberFrom("--validation <part>", "of the training images, where there are no others", { from: 0, below: 1 }),
    )
    .addOption(wholeNumber("--seed <n>", "other weights, order and augmentation", { from: 0, to: 2 ** 32 - 1 }, 0))
    .option("-r, --resume", "go on with the run in --out, if there is one")
    .addOption(
      wholeNumber("--checkpoint-every <steps>", "beside the end of every epoch", { from: 1, to: 1_000_000_000 }),
    )
    .addOption(wholeNumber("--keep <n>", "checkpoints, beside the best", { from: 1, to: 1000 }, 3))
    .addOption(workersOption())
    .option("--strict", "end at the first broken image")
    .option("--no-report", "write no report.html")
    .option("--no-tensorboard", "write no event files")
    .addOption(threadsOption())
    .addOption(backendOption());
}

/** The settings of a new run. */
export function settingsOf(data: string, options: TrainOptions): Settings {
  const { model } = options;
  return {
    format: 1,
    data,
    model,
    ...recipeOf(options),
    imageSize: options.imageSize ?? architectureOf(model).imageSize,
    dropout: options.dropout,
    mix: options.mix ?? null,
    batchSize: options.batchSize,
    epochs: options.epochs,
    steps: options.steps ?? null,
    schedule: options.schedule,
    warmUp: options.warmUp,
    weightDecay: options.weightDecay,
    clipNorm: options.clipNorm,
    labelSmoothing: options.labelSmoothing,
    classWeights: classWeightsOf(options.classWeights),
    accumulate: options.accumulate,
    ema: options.ema ?? null,
    patience: options.earlyStopping ?? null,
    monitor: options.monitor,
    weights: options.weights ?? null,
    keepHead: options.keepHead ?? false,
    freeze: options.freeze ?? [],
    validation: options.validation ?? null,
    seed: options.seed,
  };
}

/**
 * What the network decides unless it is said. AlexNet and VGG as they were published hardly learn in a short run from random
 * weights: docs/training.md has numbers.
 */
function recipeOf(options: TrainOptions): Pick<Settings, "normalization" | "preset" | "optimizer" | "learningRate"> {
  const { model } = options;
  const isDigits = model === "lenet5";
  const isHard = !isDigits && options.weights === undefined;
  const optimizer = options.optimizer ?? (isHard ? "adam" : "momentum");
  const isAdaptive = optimizer.startsWith("adam") || optimizer === "rmsprop";
  return {
    normalization: options.normalization ?? (isHard && model !== "torchvision-alexnet" ? "batch" : null),
    preset: options.preset ?? (isDigits ? "plain" : "alexnet"),
    optimizer,
    learningRate: options.learningRate ?? (isAdaptive ? 0.0003 : isDigits ? 0.05 : 0.005),
  };
}

/** @throws UsageError for settings that cannot be meant together, or a folder for a run that would become part of its data. */
export function requireFitting({ data, model, preset, weights, keepHead }: Settings, out: string): void {
  if (preset !== "plain" && channelsOf(model) === 1) {
    throw new UsageError(
      `--preset ${preset}: it is for coloured pictures, and ${model} reads gray ones. Pass plain, or another --model.`,
    );
  }
  if (keepHead && weights === null)
    throw new UsageError("--keep-head: there are no --weights whose last layer to load.");
  const place = relative(data, resolve(out));
  if (place !== ".." && !place.startsWith(`..${sep}`) && !isAbsolute(place)) {
    throw new UsageError(
      `--out ${out}: that is in the data, where the run would become a class. Pass a folder elsewhere.`,
    );
  }
}

/** @throws UsageError for what is neither. Whether there are such classes, the data must say. */
function classWeightsOf(words: readonly string[] | undefined): NonNullable<Settings["classWeights"]> | null {
  if (words === undefined) return null;
  if (words.length === 1 && words[0] === "balanced") return "balanced";
  const pairs = words.map((word): [string, number] => {
    const at = word.lastIndexOf("=");
    const weight = Number(word.slice(at + 1) || Number.NaN);
    if (at > 0 && Number.isFinite(weight) && weight > 0) return [word.slice(0, at), weight];
    // The option takes all words that follow, DATA too.
    throw new UsageError(
      words.includes("balanced")
        ? `--class-weights ${words.join(" ")}: balanced stands alone, and DATA before the option.`
        : `--class-weights ${word}: pass balanced, or NAME=WEIGHT with a number above 0; DATA goes before the option.`,
    );
  });
  return Object.fromEntries(pairs);
}

/** Whatever order the class weights were named in. */
function inOrder(value: Settings[keyof Settings]): unknown {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

/** May be other than the run was started with: it only becomes longer, or reads the data from another place. */
const MAY_CHANGE: ReadonlySet<string> = new Set(["epochs", "steps", "data"]);

/**
 * The settings of a run that goes on: those it was started with.
 * @throws UsageError when an option on the command line says otherwise.
 */
export function resumedSettings(saved: Settings, command: Command, given: Settings): Settings {
  const named = (name: string): string => (name === "patience" ? "earlyStopping" : name);
  const isGiven = (name: string): boolean => command.getOptionValueSource(named(name)) === "cli";
  const changed = Object.keys(saved).filter((name) => isGiven(name) && !MAY_CHANGE.has(name)) as (keyof Settings)[];
  for (const name of changed) {
    const [before, now] = [saved[name], given[name]].map((value) => JSON.stringify(inOrder(value)));
    if (before === now) continue;
    const flag = named(name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} ${now}: the run was started with ${before}. Leave it out, or start another run.`);
  }
  return {
    ...saved,
    ...(isGiven("epochs") ? { epochs: given.epochs } : {}),
    ...(isGiven("steps") ? { steps: given.steps } : {}),
    data: given.data === "" ? saved.data : given.data,
  };
}
