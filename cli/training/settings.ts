/** What decides the numbers of a training run. Kept in its folder, so that it can be resumed and used. */
import { access, constants, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "millrace";
import { CheckpointFolder, writeFileAtomically } from "millrace/node";
import { TRAIN_MODELS, type TrainModel } from "./network.ts";

export interface Settings {
  readonly format: 1;
  readonly data: string;
  readonly model: TrainModel;
  readonly imageSize: number;
  readonly normalization: tf.models.Normalization | null;
  readonly dropout: number;
  readonly preset: tf.data.PresetName | "plain";
  readonly mix: "mixup" | "cutmix" | null;
  readonly batchSize: number;
  readonly epochs: number;
  readonly steps: number | null;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly schedule: ScheduleName;
  readonly warmUp: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
  readonly labelSmoothing: number;
  /** Of the classes that are named; 1 for the others. Runs of before there were any have none. */
  readonly classWeights?: "balanced" | Readonly<Record<string, number>> | null;
  readonly accumulate: number;
  readonly ema: number | null;
  readonly patience: number | null;
  readonly monitor: "loss" | "accuracy";
  readonly weights: string | null;
  readonly keepHead: boolean;
  readonly freeze: readonly string[];
  readonly validation: number | null;
  readonly seed: number;
}

export const OPTIMIZERS = ["momentum", "nesterov", "sgd", "adam", "adamw", "rmsprop", "adagrad"] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

export const SCHEDULES = ["constant", "cosine", "step", "linear", "exponential", "plateau"] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

type Config = Settings & { readonly classes: readonly string[] };

const isNumber = (value: unknown): boolean => typeof value === "number";
const isOneOf =
  (...words: readonly (string | null)[]) =>
  (value: unknown): boolean =>
    words.includes(value as string | null);

/** What a run cannot be opened without; the file may have been edited, or come from elsewhere. */
const NEEDED: Readonly<Partial<Record<keyof Config, (value: unknown) => boolean>>> = {
  format: (value) => value === 1,
  model: isOneOf(...TRAIN_MODELS),
  classes: (value) => Array.isArray(value) && value.every((name) => typeof name === "string"),
  data: (value) => typeof value === "string",
  imageSize: isNumber,
  batchSize: isNumber,
  epochs: isNumber,
  dropout: isNumber,
  learningRate: isNumber,
  seed: isNumber,
  normalization: isOneOf("lrn", "batch", "none", null),
  preset: isOneOf("plain", ...Object.keys(tf.data.presets)),
  optimizer: isOneOf(...OPTIMIZERS),
  schedule: isOneOf(...SCHEDULES),
};

/** @throws FormatError that names the first setting which is no such. */
function requireConfig(file: string, value: unknown): Config {
  const config = new Map(Object.entries(typeof value === "object" && value !== null ? value : {}));
  const wrong = Object.entries(NEEDED).find(([name, holds]) => !holds(config.get(name)));
  if (wrong === undefined) return value as Config;
  const [name] = wrong;
  throw new tf.FormatError({
    problem: `${file} is not what a \`millrace train\` of this version writes.`,
    operands: [{ name, value: JSON.stringify(config.get(name)) ?? "missing" }],
    fix: "put back the file that the run wrote, or start another run.",
  });
}

/** The folder of a run. */
export class RunFolder {
  readonly path: string;
  readonly checkpoints: CheckpointFolder;

  constructor(path: string, keep?: number) {
    this.path = path;
    const onDamaged = (file: string, reason: string): void => {
      process.stderr.write(`millrace: ${file} is passed over: ${reason}\n`);
    };
    this.checkpoints = new CheckpointFolder(join(path, "checkpoints"), {
      onDamaged,
      ...(keep === undefined ? {} : { keep }),
    });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Its settings and classes; null when there is no run in the folder. */
  async read(): Promise<{ settings: Settings; classes: readonly string[] } | null> {
    const file = this.file("config.json");
    let parsed: unknown;
    try {
      parsed = JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      if (!(error instanceof SyntaxError)) throw error;
      throw new tf.FormatError({ problem: `${file} is no JSON: ${error.message}`, fix: "start another run." });
    }
    const { classes, ...settings } = requireConfig(file, parsed);
    return { settings, classes };
  }

  /** @throws FormatError when there is no run in the folder, or nothing in it to use yet. */
  async open(): Promise<{ settings: Settings; classes: readonly string[]; checkpoint: tf.train.Checkpoint }> {
    const run = await this.read();
    const checkpoint = run === null ? null : await this.checkpoints.best();
    if (run !== null && checkpoint !== null) return { ...run, checkpoint };
    throw new tf.FormatError({
      problem:
        run === null ? `there is no training run in ${this.path}.` : `the run in ${this.path} has no checkpoint yet.`,
      fix: "pass --run FOLDER, the --out of a `millrace train`.",
    });
  }

  /** @throws the system's error when this or a checkpoint could not be written. */
  async write(settings: Settings, classes: readonly string[]): Promise<void> {
    await mkdir(this.checkpoints.path, { recursive: true });
    // The first checkpoint may be an hour away.
    await access(this.checkpoints.path, constants.W_OK);
    await writeFileAtomically(this.file("config.json"), `${JSON.stringify({ ...settings, classes }, null, 2)}\n`);
  }

  /** Takes back `write`: there is no run in the folder then. */
  async withdraw(): Promise<void> {
    await rm(this.file("config.json"), { force: true });
  }
}

/** The learning rate that the settings mean. */
export function scheduleOf(settings: Settings): tf.train.Schedule {
  const decay = SCHEDULE_OF[settings.schedule](settings.learningRate, settings.epochs);
  return settings.warmUp === 0 ? decay : tf.train.warmUp(decay, { duration: settings.warmUp });
}

const SCHEDULE_OF: Readonly<Record<ScheduleName, (rate: number, epochs: number) => tf.train.Schedule>> = {
  constant: (rate) => tf.train.constantRate(rate),
  cosine: (rate, epochs) => tf.train.cosineDecay(rate, { duration: epochs }),
  step: (rate, epochs) => tf.train.stepDecay(rate, { every: Math.max(Math.ceil(epochs / 3), 1) }),
  linear: (rate, epochs) => tf.train.polynomialDecay(rate, { duration: epochs }),
  // A hundredth at the end.
  exponential: (rate, epochs) => tf.train.exponentialDecay(rate, { gamma: 0.01 ** (1 / epochs) }),
  plateau: (rate) => tf.train.reduceOnPlateau(rate, { patience: 3 }),
};

/** The optimizer that the settings mean, for a learning rate that is fed. */
export function optimizerOf({ optimizer, weightDecay }: Settings): (learningRate: tf.Tensor) => tf.train.Optimizer {
  return (learningRate) => OPTIMIZER_OF[optimizer](learningRate, weightDecay);
}

const OPTIMIZER_OF: Readonly<Record<OptimizerName, (rate: tf.Tensor, weightDecay: number) => tf.train.Optimizer>> = {
  momentum: (rate) => new tf.train.MomentumOptimizer(rate, 0.9),
  nesterov: (rate) => new tf.train.MomentumOptimizer(rate, 0.9, { useNesterov: true }),
  sgd: (rate) => new tf.train.GradientDescentOptimizer(rate),
  adam: (rate) => new tf.train.AdamOptimizer(rate),
  adamw: (rate, weightDecay) => new tf.train.AdamWOptimizer(rate, { weightDecay }),
  rmsprop: (rate) => new tf.train.RMSPropOptimizer(rate),
  adagrad: (rate) => new tf.train.AdagradOptimizer(rate),
};
