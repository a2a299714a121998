/** The four claims, as statements about matched pairs that numbers can decide. */
import { deviationOf, meanOf, type PairedEffect, pairedEffect } from "../paired-effect.ts";
import { type Verdict, verdictOf } from "../verdict.ts";
import type { ArmName } from "./arms.ts";
import type { Config } from "./config.ts";
import { explain } from "./explanations.ts";
import { finalError, finalGap, type RunRecord, stepsToTarget } from "./records.ts";

export type ClaimName = "relu" | "dropout" | "normalization" | "augmentation";

/** How an effect is counted: as a difference of parts of images, or as log2 of a ratio of steps. */
export type Unit = "error" | "log2 of steps";

interface Measured {
  readonly runs: ReadonlyMap<ArmName, RunRecord>;
  readonly config: Config;
  readonly classes: number;
}

/** A claim in one sentence, and what it means for a seed's runs. */
interface Statement {
  readonly id: StatementId;
  readonly claim: ClaimName;
  /** What would hold. */
  readonly text: string;
  readonly unit: Unit;
  /** The arms it is about: the second is what the first is compared with. */
  readonly arms: readonly [ArmName, ArmName];
  /** Above 0 as claimed; null when the runs do not say. */
  readonly effect: (measured: Measured) => number | null;
}

export type StatementId =
  | "relu-faster-than-sigmoid"
  | "relu-faster-than-tanh"
  | "relu-better-than-sigmoid"
  | "relu-better-than-tanh"
  | "dropout-narrows-gap"
  | "dropout-better"
  | "dropout-better-few-images"
  | "dropout-slower"
  | "lrn-better-than-none"
  | "batch-better-than-lrn"
  | "batch-better-than-none"
  | "augmentation-better-few-images"
  | "augmentation-better"
  | "augmentation-better-all-images"
  | "augmentation-narrows-gap"
  | "augmentation-gains-more-from-few";

/** What is said of a statement. Effects are above 0 as claimed. */
export interface Finding {
  readonly id: StatementId;
  readonly claim: ClaimName;
  readonly statement: string;
  readonly verdict: Verdict;
  readonly unit: Unit;
  /** The smallest effect that matters. */
  readonly worthwhile: number;
  /** One for each seed; null where its runs do not say. */
  readonly differences: readonly (number | null)[];
  readonly effect: PairedEffect | null;
  /** Whether the true effect is this or more (less), because runs ended before they reached the target. */
  readonly bound: "at least" | "at most" | null;
  /** Why that may be. */
  readonly why: string;
}

/** What an arm came to. */
export interface ArmSummary {
  readonly arm: ArmName;
  readonly learningRate: number;
  readonly runs: number;
  readonly diverged: number;
  readonly testError: Spread;
  readonly trainError: Spread;
  /** Of the runs that reached the target; null when none did. */
  readonly stepsToTarget: Spread | null;
  /** How many did. */
  readonly reached: number;
}

export interface Spread {
  readonly mean: number;
  /** Standard deviation over seeds, with n - 1. */
  readonly deviation: number;
}

/** A hundredth of the images; a tenth in steps. */
export const WORTHWHILE: Readonly<Record<Unit, number>> = { error: 0.01, "log2 of steps": Math.log2(1.1) };

function better(arm: ArmName, than: ArmName): Pick<Statement, "unit" | "arms" | "effect"> {
  return {
    unit: "error",
    arms: [arm, than],
    effect: (measured) => errorOf(measured, than) - errorOf(measured, arm),
  };
}

function narrowsGap(arm: ArmName, than: ArmName): Pick<Statement, "unit" | "arms" | "effect"> {
  return {
    unit: "error",
    arms: [arm, than],
    effect: ({ runs }) => finalGap(runs.get(than)!) - finalGap(runs.get(arm)!),
  };
}

/** A run that never reached the target counts as if it had at its end: the ratio is at least that. */
function faster(arm: ArmName, than: ArmName): Pick<Statement, "unit" | "arms" | "effect"> {
  return {
    unit: "log2 of steps",
    arms: [arm, than],
    effect: ({ runs, config, classes }) => {
      const [own, other] = [arm, than].map((name) => stepsToTarget(runs.get(name)!, config.targetError, classes));
      if (own === null && other === null) return null;
      return Math.log2((other ?? config.steps) / (own ?? config.steps));
    },
  };
}

function errorOf({ runs, classes }: Measured, arm: ArmName): number {
  return finalError(runs.get(arm)!, classes);
}

const STATEMENTS: readonly Statement[] = [
  {
    id: "relu-faster-than-sigmoid",
    claim: "relu",
    text: "With relu, the training error falls to the target in fewer steps than with the sigmoid.",
    ...faster("base", "sigmoid"),
  },
  {
    id: "relu-faster-than-tanh",
    claim: "relu",
    text: "With relu, the training error falls to the target in fewer steps than with tanh (what the paper compared).",
    ...faster("base", "tanh"),
  },
  {
    id: "relu-better-than-sigmoid",
    claim: "relu",
    text: "In the end, the test error with relu is lower than with the sigmoid.",
    ...better("base", "sigmoid"),
  },
  {
    id: "relu-better-than-tanh",
    claim: "relu",
    text: "In the end, the test error with relu is lower than with tanh.",
    ...better("base", "tanh"),
  },
  {
    id: "dropout-narrows-gap",
    claim: "dropout",
    text: "Dropout narrows the gap between training and test error.",
    ...narrowsGap("dropout", "base"),
  },
  {
    id: "dropout-better",
    claim: "dropout",
    text: "Dropout lowers the test error.",
    ...better("dropout", "base"),
  },
  {
    id: "dropout-better-few-images",
    claim: "dropout",
    text: "Dropout lowers the test error of a network that sees few images.",
    ...better("dropout, few images", "base, few images"),
  },
  {
    id: "dropout-slower",
    claim: "dropout",
    text: "With dropout, more steps are needed to the target (in the paper twice as many).",
    ...faster("base", "dropout"),
  },
  {
    id: "lrn-better-than-none",
    claim: "normalization",
    text: "Local response normalization lowers the test error.",
    ...better("base", "no normalization"),
  },
  {
    id: "batch-better-than-lrn",
    claim: "normalization",
    text: "Batch normalization in its place lowers it further.",
    ...better("batch normalization", "base"),
  },
  {
    id: "batch-better-than-none",
    claim: "normalization",
    text: "Batch normalization lowers the test error of a network without normalization.",
    ...better("batch normalization", "no normalization"),
  },
  {
    id: "augmentation-better-few-images",
    claim: "augmentation",
    text: "Augmentation lowers the test error of a network that sees few images.",
    ...better("base, few images", "no augmentation, few images"),
  },
  {
    id: "augmentation-better",
    claim: "augmentation",
    text: "Augmentation lowers the test error of a network that sees four times as many.",
    ...better("base", "no augmentation"),
  },
  {
    id: "augmentation-better-all-images",
    claim: "augmentation",
    text: "Augmentation lowers the test error of a network that sees all images, sixteen times as many.",
    ...better("base, all images", "no augmentation, all images"),
  },
  {
    id: "augmentation-narrows-gap",
    claim: "augmentation",
    text: "Augmentation narrows the gap between training and test error.",
    ...narrowsGap("base", "no augmentation"),
  },
  {
    id: "augmentation-gains-more-from-few",
    claim: "augmentation",
    text: "Augmentation gains more where there are few images than where there are sixteen times as many.",
    unit: "error",
    arms: ["base, few images", "base, all images"],
    effect: (measured) =>
      errorOf(measured, "no augmentation, few images") -
      errorOf(measured, "base, few images") -
      (errorOf(measured, "no augmentation, all images") - errorOf(measured, "base, all images")),
  },
];

/**
 * Judges every statement by the seeds whose runs are all there.
 * @param records results; trials are left out.
 */
export function judge(records: readonly RunRecord[], config: Config, classes: number): Finding[] {
  const seeds = completeSeeds(records);
  const summaries = summarize(records, config, classes);
  return STATEMENTS.map(({ id, claim, text, unit, arms, effect: effectOf }) => {
    const differences = seeds.map((runs) => effectOf({ runs, config, classes }));
    const known = differences.filter((difference) => difference !== null);
    const effect = known.length === 0 ? null : pairedEffect(known);
    const worthwhile = WORTHWHILE[unit];
    // Where some seeds do not say, the others are no fair sample.
    const isWhole = effect !== null && known.length === differences.length;
    const verdict = isWhole ? verdictOf(effect, worthwhile) : "undecided";
    const [own, other] = arms.map((name) => summaries.find(({ arm }) => arm === name));
    const bound = unit === "log2 of steps" ? boundOf(own, other) : null;
    const found = { id, claim, statement: text, verdict, unit, worthwhile, differences, effect, bound };
    return { ...found, why: explain(found, [own, other], config) };
  });
}

/** A run that did not reach the target counts with its last step: what it is compared with is at least so much faster. */
function boundOf(own: ArmSummary | undefined, other: ArmSummary | undefined): Finding["bound"] {
  if (own === undefined || other === undefined) return null;
  const [ownMisses, otherMisses] = [own, other].map(({ reached, runs }) => reached < runs);
  if (ownMisses === otherMisses) return null;
  return otherMisses === true ? "at least" : "at most";
}

/** The results of every seed that has one of every arm. */
function completeSeeds(records: readonly RunRecord[]): ReadonlyMap<ArmName, RunRecord>[] {
  const wanted = new Set(STATEMENTS.flatMap(({ arms }) => arms)).size;
  const bySeed = new Map<number, Map<ArmName, RunRecord>>();
  for (const record of records) {
    if (record.purpose !== "result") continue;
    const runs = bySeed.get(record.seed) ?? new Map<ArmName, RunRecord>();
    bySeed.set(record.seed, runs.set(record.arm, record));
  }
  return [...bySeed.values()].filter((runs) => runs.size >= wanted);
}

/** What every arm that has a result came to, over its seeds. */
export function summarize(records: readonly RunRecord[], config: Config, classes: number): ArmSummary[] {
  const byArm = new Map<ArmName, RunRecord[]>();
  for (const record of records) {
    if (record.purpose === "result") byArm.set(record.arm, [...(byArm.get(record.arm) ?? []), record]);
  }
  return [...byArm].map(([arm, runs]) => {
    const steps = runs.map((run) => stepsToTarget(run, config.targetError, classes)).filter((step) => step !== null);
    return {
      arm,
      learningRate: runs[0]!.learningRate,
      runs: runs.length,
      diverged: runs.filter(({ diverged }) => diverged).length,
      testError: spreadOf(runs.map((run) => finalError(run, classes))),
      trainError: spreadOf(runs.map((run) => finalError(run, classes) - finalGap(run))),
      stepsToTarget: steps.length === 0 ? null : spreadOf(steps),
      reached: steps.length,
    };
  });
}

function spreadOf(values: readonly number[]): Spread {
  return { mean: meanOf(values), deviation: deviationOf(values) };
}
