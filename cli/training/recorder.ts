import type * as tf from "millrace";
import { MetricsLog } from "millrace/node";
import type { ProgressDisplay } from "./progress.ts";
import type { RunFolder, Settings } from "./settings.ts";

interface RecorderOptions {
  readonly classes: readonly string[];
  readonly progress: ProgressDisplay;
  readonly tensorboard: boolean;
}

/** Writes down how a run goes: metrics.jsonl. */
export class RunRecorder implements tf.train.FitCallback {
  readonly #run: RunFolder;
  readonly #progress: ProgressDisplay;
  #log: MetricsLog | null = null;

  constructor(run: RunFolder, _settings: Settings, { progress }: RecorderOptions) {
    this.#run = run;
    this.#progress = progress;
  }

  async onStart({ firstStep }: tf.train.FitRun): Promise<void> {
    this.#log = await MetricsLog.open(this.#run.file("metrics.jsonl"), firstStep);
  }

  async onStep({ step, epoch, loss, accuracy, learningRate, gradientNorm }: tf.train.StepReport): Promise<void> {
    const imagesPerSecond = Math.round(this.#progress.imagesPerSecond * 10) / 10;
    await this.#log?.write({ type: "step", step, epoch, loss, accuracy, learningRate, gradientNorm, imagesPerSecond, time: Date.now() / 1000 });
  }

  async onEpoch({ metrics: _metrics, isBest, ...record }: tf.train.EpochReport): Promise<void> {
    await this.#log?.write({ type: "epoch", ...record, isBest, time: Date.now() / 1000 });
  }

  async onEnd(): Promise<void> {
    await this.#log?.close();
  }
}
