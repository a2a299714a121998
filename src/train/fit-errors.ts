/** What `fit` refuses, and how it says so. */
import { GraphError, NumericsError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { FitOptions } from "./fit-options.ts";
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

export function diverged(step: number, loss: number, learningRate: number): NumericsError {
  return new NumericsError({
    problem: `fit: the loss is ${loss} at step ${step}.`,
    operands: [{ name: "learning rate", value: String(learningRate) }],
    fix: "lower the learning rate, warm it up, or clip the gradients (clipNorm: 1). The last checkpoint is from before.",
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
