/** What decides the numbers of an experiment. Two calls with the same configuration and seeds come to the same bytes. */
export interface Config {
  /** A data set that `millrace train` would take, as an absolute path; null draws shapes. */
  readonly data: string | null;
  /** Height and width that networks read. */
  readonly imageSize: number;
  /** Images to train on: few, some, all. Most claims are tried on some. */
  readonly sizes: readonly [few: number, some: number, all: number];
  readonly validationImages: number;
  readonly testImages: number;
  /** Images to train on that are measured, without augmentation and dropout, to know the training error. */
  readonly probeImages: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Steps from one point of a curve to the next. */
  readonly stepsPerPoint: number;
  /** Learning rates that every network is tried at. */
  readonly rates: readonly number[];
  /** Of each trial. */
  readonly tuningSteps: number;
  /** Networks are timed by the steps that they need to this training error. */
  readonly targetError: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly clipNorm: number;
}

/** Points of a curve. */
export const POINTS = 8;

/** Of the trials that choose learning rates: no result is taken from them. */
export const TUNING_SEED = 1_000_000;

/** Few images are this part of all: one of so many. */
export const FEWEST_PART = 16;

export interface ConfigChoice {
  readonly data: string | null;
  readonly imageSize: number;
  readonly images: number;
  /** A multiple of `POINTS`. */
  readonly steps: number;
  readonly targetError: number;
}

/** The paper's target error is 0.25 on CIFAR-10; in so few steps not every network comes to that on the shapes. */
export const DEFAULTS = { imageSize: 32, images: 6000, steps: 1200, seeds: 5, targetError: 0.5 } as const;

/** Two minutes in place of ten: enough to see that everything works, and whatever is large. */
export const QUICK = { images: 2048, steps: 480, seeds: 2 } as const;

export function configOf({ data, imageSize, images, steps, targetError }: ConfigChoice): Config {
  const stepsPerPoint = steps / POINTS;
  return {
    data,
    imageSize,
    sizes: [Math.floor(images / FEWEST_PART), Math.floor(images / 4), images],
    validationImages: 500,
    testImages: 1000,
    probeImages: 300,
    batchSize: 32,
    steps,
    stepsPerPoint,
    rates: [0.01, 0.03, 0.1],
    tuningSteps: (POINTS / 2) * stepsPerPoint,
    targetError,
    // The paper's, section 5.
    momentum: 0.9,
    weightDecay: 5e-4,
    clipNorm: 5,
  };
}
