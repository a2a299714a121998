import type * as tf from "millrace";
import type { Display } from "../terminal/display.ts";
import { formatAmount, formatCount, formatDuration, percent } from "../terminal/format.ts";
import { Pace } from "./pace.ts";

/** Columns of the bar, where the terminal has them. */
const BAR = { most: 24, least: 4 };
/** How much of the mean loss stays at each step. */
const SMOOTH = 0.9;

/** What a run has before it. */
export interface RunLength {
  /** Given the batches of an epoch. */
  readonly totalSteps: (batchesPerEpoch: number | undefined) => number | undefined;
  /** 0 where nothing is validated. */
  readonly validationImages: number;
}

/** Shows a run: a bar at a terminal, else a line a step; and a line an epoch. */
export class ProgressDisplay implements tf.train.FitCallback {
  readonly #display: Display;
  readonly #totalSteps: RunLength["totalSteps"];
  readonly #validationImages: number;
  #pace = new Pace(performance.now());
  #epochStart = performance.now();
  #loss = 0;
  #accuracy = 0;

  constructor(display: Display, { totalSteps, validationImages }: RunLength) {
    this.#display = display;
    this.#totalSteps = totalSteps;
    this.#validationImages = validationImages;
  }

  onStart(): void {
    this.#epochStart = performance.now();
    this.#pace = new Pace(this.#epochStart);
  }

  onStep(report: tf.train.StepReport): void {
    this.#pace.step({ now: performance.now(), epoch: report.epoch, images: report.images });
    this.#loss = smooth(this.#loss, report.loss);
    this.#accuracy = smooth(this.#accuracy, report.accuracy);
    if (this.#display.isTerminal) this.#display.live(this.#bar(report));
    else this.#display.line(this.#line(report));
  }

  /** Images a second, of late. */
  get imagesPerSecond(): number {
    return this.#pace.imagesPerSecond;
  }

  onValidation({ epoch, images }: tf.train.ValidationReport): void {
    this.#display.live(judgedLine(`epoch ${epoch}: validation`, images, this.#validationImages));
  }

  onEpoch({ epoch, loss, accuracy, validation, learningRate, isBest }: tf.train.EpochReport): void {
    const seconds = (performance.now() - this.#epochStart) / 1000;
    this.#epochStart = performance.now();
    const trained = `loss ${loss.toFixed(4)} accuracy ${percent(accuracy)}`;
    const validated =
      validation === undefined
        ? ""
        : `  |  validation: loss ${validation.loss.toFixed(4)} top-1 ${percent(validation.accuracy)} top-5 ${percent(validation.top5)}`;
    const best = isBest ? "  best" : "";
    this.#display.live("");
    this.#display.line(
      `epoch ${epoch}: ${trained}${validated}  |  rate ${formatAmount(learningRate)}, ${formatDuration(seconds)}${best}`,
    );
  }

  onEnd(): void {
    this.#display.live("");
  }

  #line({ epoch, step, loss, accuracy, learningRate }: tf.train.StepReport): string {
    const speed = `${formatAmount(this.imagesPerSecond)} images/s`;
    return `step ${step} epoch ${epoch} loss ${loss.toFixed(4)} accuracy ${percent(accuracy)} rate ${formatAmount(learningRate)} ${speed}`;
  }

  #bar(report: tf.train.StepReport): string {
    const { epoch, step, batch, batchesPerEpoch } = report;
    const part = batchesPerEpoch === undefined ? 0 : batch / batchesPerEpoch;
    const total = this.#totalSteps(batchesPerEpoch);
    const seconds = total === undefined ? null : this.#pace.left(total - step, epochEnds(report, total));
    const left = seconds === null ? "" : `  ${formatTimeLeft(seconds)} left`;
    const count =
      batchesPerEpoch === undefined ? formatCount(batch) : `${formatCount(batch)}/${formatCount(batchesPerEpoch)}`;
    const numbers = `loss ${this.#loss.toFixed(4)}  accuracy ${percent(this.#accuracy)}  ${formatAmount(this.imagesPerSecond)} images/s`;
    return barLine({ start: `epoch ${epoch}`, part, rest: `${count}  ${numbers}${left}` }, this.#display.columns);
  }
}

/** `test: 120 of 500 images ...` */
export function judgedLine(what: string, images: number, of: number): string {
  return `${what}: ${formatCount(images)} of ${formatCount(of)} images ...`;
}

interface BarLine {
  readonly start: string;
  /** Done, 0 to 1. */
  readonly part: number;
  readonly rest: string;
}

/** A line of at most so many columns, less one: of a narrow terminal the bar gets what the numbers leave. */
export function barLine({ start, part, rest }: BarLine, columns: number): string {
  const room = columns - 1 - `${start} [] ${rest}`.length;
  const width = Math.min(room, BAR.most);
  const full = Math.round(part * width);
  const bar = width < BAR.least ? "" : `[${"#".repeat(full)}${".".repeat(width - full)}] `;
  return `${start} ${bar}${rest}`.slice(0, columns - 1);
}

/** No more exact than it is known: `45 s`, `3 min 20 s`, `42 min`, `5 h 3 min`. */
export function formatTimeLeft(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 600) return formatDuration(seconds);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Ends of epochs that are still to come, as far as the epochs so far tell their length in steps. */
function epochEnds({ epoch, step, batch, batchesPerEpoch = 0 }: tf.train.StepReport, total: number): number {
  const done = epoch - 1 + batch / batchesPerEpoch;
  return batchesPerEpoch === 0 ? 0 : Math.ceil((total / step) * done - 1e-9) - (epoch - 1);
}

function smooth(before: number, now: number): number {
  return before === 0 ? now : SMOOTH * before + (1 - SMOOTH) * now;
}
