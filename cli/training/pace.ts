/** What stays of the recent speed at each step. */
const RECENT = 0.9;
/** The same for what is to come: an average over hundreds of steps, in which a minute's pause drowns. */
const LASTING = 0.995;

/** A step that is done, at a time in milliseconds. */
interface Mark {
  readonly now: number;
  readonly epoch: number;
  readonly images: number;
}

/**
 * How fast a run goes and how long it will take. The time before the first step, in which plans are compiled, is no pace; what
 * lies between two epochs (validation, a checkpoint) is counted once an epoch, not as a slow step.
 */
export class Pace {
  #last: { readonly now: number; readonly epoch: number | null };
  #speed = 0;
  #seconds = 0;
  #weight = 0;
  #betweenEpochs = 0;

  constructor(now: number) {
    this.#last = { now, epoch: null };
  }

  step({ now, epoch, images }: Mark): void {
    const seconds = (now - this.#last.now) / 1000;
    const before = this.#last.epoch;
    this.#last = { now, epoch };
    if (before === null) {
      this.#speed = images / seconds;
    } else if (before === epoch) {
      // The first step's speed is only shown until there is a better one.
      const old = this.#weight === 0 ? 0 : RECENT;
      this.#speed = old * this.#speed + (1 - old) * (images / seconds);
      this.#seconds = LASTING * this.#seconds + seconds;
      this.#weight = LASTING * this.#weight + 1;
    } else {
      this.#betweenEpochs = Math.max(seconds - this.#secondsPerStep(), 0);
    }
  }

  /** Of late. */
  get imagesPerSecond(): number {
    return this.#speed;
  }

  /** Seconds for so many steps and epochs' ends; null before anything is known. */
  left(steps: number, epochEnds: number): number | null {
    return this.#weight === 0 ? null : steps * this.#secondsPerStep() + epochEnds * this.#betweenEpochs;
  }

  #secondsPerStep(): number {
    return this.#weight === 0 ? 0 : this.#seconds / this.#weight;
  }
}
