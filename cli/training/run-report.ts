import * as tf from "millrace";
import type { RunFolder, Settings } from "./settings.ts";

export interface RunReport {
  readonly run: RunFolder;
  readonly settings: Settings;
  readonly classes: readonly string[];
  readonly session: tf.Session;
  readonly result: tf.train.FitResult;
  readonly data: tf.data.ImageBatches;
  /** Which part of the data: `test`. */
  readonly part: string;
}

/** Evaluates the best weights and writes `report.html`. */
export async function writeRunReport({ run, session, result, data }: RunReport): Promise<{ file: string; metrics: tf.train.ClassificationMetrics }> {
  const best = await run.checkpoints.best();
  if (best !== null) await session.importState({ variables: best.variables, randomRuns: new Map() });
  const metrics = await tf.train.evaluate({ session, network: result.network, data });
  return { file: run.file("report.html"), metrics };
}
