/** What is kept of a run, and what is read from it. */
import type { ArmName } from "./arms.ts";

/** A measurement on the way. Errors are parts of images that are called wrongly, losses are in nats. */
export interface Point {
  readonly step: number;
  /** Of images that are trained on, without augmentation and dropout. */
  readonly trainError: number;
  readonly trainLoss: number;
  /** Of images that are not: in a trial the validation images, else the test images. */
  readonly heldOutError: number;
  readonly heldOutLoss: number;
}

export interface RunRecord {
  /** `trial` chooses a learning rate. */
  readonly purpose: "trial" | "result";
  readonly arm: ArmName;
  readonly seed: number;
  readonly learningRate: number;
  /** Whether the loss became infinite: the run ended there. */
  readonly diverged: boolean;
  readonly points: readonly Point[];
}

/** The part of held out images that is called wrongly in the end; of a run that diverged, as by chance. */
export function finalError({ points, diverged }: RunRecord, classes: number): number {
  const last = points.at(-1);
  return diverged || last === undefined ? chanceError(classes) : last.heldOutError;
}

/** How much worse a network is on images that it was not trained on. */
export function finalGap({ points, diverged }: RunRecord): number {
  const last = points.at(-1);
  return diverged || last === undefined ? 0 : last.heldOutError - last.trainError;
}

/** The step at which the training error first came down to the target, read off the curve; null when it did not. */
export function stepsToTarget({ points }: RunRecord, target: number, classes: number): number | null {
  let before = { step: 0, trainError: chanceError(classes) };
  for (const point of points) {
    if (point.trainError <= target) {
      const fall = before.trainError - point.trainError;
      const part = fall <= 0 ? 1 : (before.trainError - target) / fall;
      return before.step + Math.max(part, 0) * (point.step - before.step);
    }
    before = point;
  }
  return null;
}

export function chanceError(classes: number): number {
  return 1 - 1 / classes;
}
