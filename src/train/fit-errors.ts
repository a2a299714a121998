/** What `fit` refuses, and how it says so. */
import { GraphError, NumericsError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { NDArray } from "../core/ndarray.ts";
import type { FitOptions } from "./fit-options.ts";
import type { Schedule } from "./schedules.ts";
import { stableJson } from "./stable-json.ts";

/** @throws ValueError when there is no end, or a count that is none. */
export function requireEnd({ epochs, steps, checkpointEvery }: FitOptions): void {
  const counts = Object.entries({ epochs, steps, checkpointEvery });
  const wrong = counts.find(([, count]) => count !== undefined && !(Number.isInteger(count) && count >= 1));
  if (wrong !== undefined) {
    throw new ValueError({ problem: `fit: ${wrong[0]} is ${wrong[1]}.`, fix: "pass a whole number from 1." });
  }
  if (epochs === undefined && steps === undefined) {
    throw new ValueError({ problem: "fit: there is no end.", fix: "pass epochs, or steps." });
  }
}

/** @throws ValueError when all epochs together have too few batches for one step. */
export function requireSteps({ epochs, accumulate = 1, data: { batchesPerEpoch } }: FitOptions): void {
  if (epochs === undefined || batchesPerEpoch === undefined || epochs * batchesPerEpoch >= accumulate) return;
  throw new ValueError({
    problem: "fit: there is not one step to do.",
    operands: [
      { name: "batches", value: String(epochs * batchesPerEpoch), note: `${epochs} epochs of ${batchesPerEpoch}` },
      { name: "accumulate", value: String(accumulate), note: "batches a step" },
    ],
    fix: "accumulate fewer batches, make them smaller, or train for more epochs.",
  });
}

/** @throws ValueError when it is neither a number nor a schedule. */
export function requireSchedule(learningRate: number | Schedule | undefined): void {
  if (typeof learningRate === "number" || typeof learningRate?.rate === "function") return;
  throw new ValueError({
    problem: `fit: learningRate is ${typeof learningRate}, neither a number nor a schedule.`,
    fix: "pass learningRate: a number, or a schedule such as tf.train.cosineDecay(0.05, { duration: 10 }).",
  });
}

/** Data that has nothing (more) to give. @param epochs that have ended. */
export function noBatches(epochs: number): ValueError {
  if (epochs === 0) {
    return new ValueError({ problem: "fit: the data has no batches.", fix: "pass data with at least one." });
  }
  return new ValueError({
    problem: `fit: the data gave batches once, and none in epoch ${epochs + 1}.`,
    fix: "pass data that begins anew each time it is iterated, such as tf.data.Dataset or ImageBatches; what a generator function returns can be iterated once.",
  });
}

/** The name of a variable with a NaN or an infinity. */
export function nonFiniteVariable(variables: ReadonlyMap<string, NDArray>): string | null {
  for (const [name, { dtype, data }] of variables) {
    // One class of arrays, and a loop: a network's 180 million numbers take a fifth of a second.
    if (dtype !== "float32") continue;
    for (let at = 0; at < data.length; at++) if (!Number.isFinite(data[at]!)) return name;
  }
  return null;
}

interface Divergence {
  readonly learningRate: number;
  /** That has been done. */
  readonly step: number;
  /** Of the last checkpoint. */
  readonly savedStep: number | null;
  readonly cause: unknown;
}

export function diverged(what: string, { learningRate, step, savedStep, cause }: Divergence): NumericsError {
  const remedy = "lower the learning rate, warm it up, or clip the gradients (clipNorm: 1).";
  const isBefore = savedStep !== null && savedStep < step;
  const checkpoint = isBefore ? "is from before" : "has the same weights: go on from an earlier one";
  return new NumericsError({
    problem: `fit: ${what}${what.endsWith(".") ? "" : "."}`,
    operands: [{ name: "learning rate", value: String(learningRate) }],
    fix: savedStep === null ? remedy : `${remedy} The last checkpoint, of step ${savedStep}, ${checkpoint}.`,
    cause,
  });
}

/** @throws GraphError when the checkpoint lacks a variable. */
export function requireVariables(
  variables: ReadonlyMap<string, unknown>,
  wanted: readonly (readonly [string, readonly (number | null)[]])[],
): void {
  const missing = wanted.filter(([name]) => !variables.has(name));
  if (missing.length === 0) return;
  throw new GraphError({
    problem: "fit: the checkpoint lacks variables of this network or optimizer.",
    operands: missing.map(([name, shape]) => ({ name, value: formatShape(shape), note: "missing" })),
    fix: "resume with the settings the run was started with.",
  });
}

/** @throws ValueError when settings differ. */
export function requireSameSettings(saved: unknown, now: unknown): void {
  if (stableJson(saved) === stableJson(now)) return;
  const [a, b] = [saved, now].map((value) =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : { configuration: value },
  );
  const names = [...new Set([...Object.keys(a!), ...Object.keys(b!)])].filter(
    (name) => stableJson(a![name]) !== stableJson(b![name]),
  );
  throw new ValueError({
    problem: "fit: the checkpoint is of a run with other settings.",
    operands: names.map((name) => ({
      name,
      value: JSON.stringify(a![name]) ?? "nothing",
      note: `now ${JSON.stringify(b![name]) ?? "nothing"}`,
    })),
    fix: "resume with the settings the run was started with, or start another run.",
  });
}
