import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "millrace";
import { writeFileAtomically } from "millrace/node";
import type { Arm } from "./arms.ts";
import type { ArmSummary, Finding } from "./claims.ts";
import type { Config } from "./config.ts";
import type { RunRecord } from "./records.ts";

const FORMAT = "millrace-alexnet-claims";
const VERSION = 1;

/** What was trained on. */
export interface DataDescription {
  readonly classes: readonly string[];
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Of pixels and labels, as networks get them. */
  readonly sha256: string;
}

/** `claims.json`. It holds no times: an experiment that was stopped and went on writes the same bytes as one that was not. */
export interface Results {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly config: Config;
  readonly data: DataDescription;
  readonly arms: readonly Arm[];
  /** Those that are done, in the order that they were done. */
  readonly runs: readonly RunRecord[];
  /** Of the arms, over the seeds so far. */
  readonly summaries: readonly ArmSummary[];
  readonly findings: readonly Finding[];
}

export function resultsOf(parts: Omit<Results, "format" | "version">): Results {
  return { format: FORMAT, version: VERSION, ...parts };
}

export function resultsPath(folder: string): string {
  return join(folder, "claims.json");
}

export async function writeResults(folder: string, results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomically(resultsPath(folder), `${JSON.stringify(results, null, 1)}\n`);
}

/** @returns null when there are none. @throws FormatError when the file holds something else. */
export async function readResults(folder: string): Promise<Results | null> {
  const path = resultsPath(folder);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const results = parse(text);
  if (results !== null) return results;
  throw new tf.FormatError({
    problem: `experiment: ${path} is no version ${VERSION} of ${FORMAT}.`,
    fix: "remove it, or pass another --out.",
  });
}

function parse(text: string): Results | null {
  try {
    const value = JSON.parse(text) as Partial<Results> | null;
    const isWhole = value?.format === FORMAT && value.version === VERSION && Array.isArray(value.runs);
    return isWhole && typeof value.config === "object" && typeof value.data === "object" ? (value as Results) : null;
  } catch {
    return null;
  }
}

/** Changes no run, only what is read off the curves. */
const MAY_CHANGE: ReadonlySet<string> = new Set<keyof Config>(["targetError"]);

/**
 * What was done before can be used when configuration and images are the same.
 * @throws ValueError that names what differs.
 */
export function requireSame(before: Results, config: Config, data: DataDescription): void {
  const now: Readonly<Record<string, unknown>> = { ...config, images: data.sha256 };
  const then: Readonly<Record<string, unknown>> = { ...before.config, images: before.data.sha256 };
  const operands = Object.keys(now)
    .filter((name) => !MAY_CHANGE.has(name) && JSON.stringify(now[name]) !== JSON.stringify(then[name]))
    .map((name) => ({
      name,
      value: JSON.stringify(then[name]) ?? "nothing",
      note: `now ${JSON.stringify(now[name])}`,
    }));
  if (operands.length === 0) return;
  throw new tf.ValueError({
    problem: "experiment: in --out there is one with other settings or images.",
    operands,
    fix: "pass the same options to go on with it, or another --out.",
  });
}
