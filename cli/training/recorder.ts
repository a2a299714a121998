import type * as tf from "millrace";
import { encodeImage, EventWriter, histogramOf, MetricsLog } from "millrace/node";
import { filterSheet } from "./pictures.ts";
import type { ProgressDisplay } from "./progress.ts";
import type { RunFolder } from "./settings.ts";

/** Writes down how a run goes: metrics.jsonl, and what TensorBoard shows. */
export class RunRecorder implements tf.train.FitCallback {
  readonly #run: RunFolder;
  readonly #progress: ProgressDisplay;
  readonly #tensorboard: boolean;
  readonly #data: { readonly waited: number };
  #waited = 0;
  #log: MetricsLog | null = null;
  #events: EventWriter | null = null;
  #fit: tf.train.FitRun | null = null;

  /** @param data what training waits for. */
  constructor(
    run: RunFolder,
    progress: ProgressDisplay,
    data: { readonly waited: number },
    { tensorboard }: { readonly tensorboard: boolean },
  ) {
    this.#run = run;
    this.#progress = progress;
    this.#data = data;
    this.#tensorboard = tensorboard;
  }

  async onStart(fit: tf.train.FitRun): Promise<void> {
    this.#fit = fit;
    this.#log = await MetricsLog.open(this.#run.file("metrics.jsonl"), fit.firstStep);
    if (!this.#tensorboard) return;
    this.#events = await EventWriter.open(this.#run.path, fit.firstStep);
    await this.#events.graph(fit.session.graph);
  }

  async onStep({ step, epoch, loss, accuracy, learningRate, gradientNorm }: tf.train.StepReport): Promise<void> {
    const imagesPerSecond = Math.round(this.#progress.imagesPerSecond * 10) / 10;
    const dataWait = Math.round((this.#data.waited - this.#waited) * 1e4) / 1e4;
    this.#waited = this.#data.waited;
    const time = Date.now() / 1000;
    await this.#log?.write({
      type: "step",
      step,
      epoch,
      loss,
      accuracy,
      learningRate,
      gradientNorm,
      imagesPerSecond,
      dataWait,
      time,
    });
    await this.#events?.summary(step, {
      "train/loss": { scalar: loss },
      "train/accuracy": { scalar: accuracy },
      "train/learning_rate": { scalar: learningRate },
      "train/gradient_norm": { scalar: gradientNorm },
      "train/images_per_second": { scalar: imagesPerSecond },
      "train/data_wait": { scalar: dataWait },
    });
  }

  async onEpoch({ metrics: _metrics, isBest, ...record }: tf.train.EpochReport): Promise<void> {
    await this.#log?.write({ type: "epoch", ...record, isBest, time: Date.now() / 1000 });
    const { step, validation } = record;
    if (validation !== undefined) {
      await this.#events?.summary(step, {
        "validation/loss": { scalar: validation.loss },
        "validation/accuracy": { scalar: validation.accuracy },
        "validation/top5": { scalar: validation.top5 },
      });
    }
    await this.#weights(step);
  }

  async onEnd(): Promise<void> {
    await this.#log?.close();
    await this.#events?.close();
  }

  /** Histograms of the weights, one variable at a time, and the first layer as a picture. */
  async #weights(step: number): Promise<void> {
    const events = this.#events;
    const fit = this.#fit;
    if (events === null || fit === null) return;
    for (const variable of fit.graph.trained) {
      const { data, shape } = await fit.session.run(variable);
      await events.summary(step, { [`weights/${variable.op.name}`]: { histogram: histogramOf(data) } });
      const sheet = variable === fit.graph.trained[0] ? filterSheet(data, shape) : null;
      if (sheet === null) continue;
      const encoded = await encodeImage(sheet, { format: "png" });
      const { height, width, channels } = sheet;
      await events.summary(step, { [`filters/${variable.op.name}`]: { image: { height, width, channels, encoded } } });
    }
  }
}
