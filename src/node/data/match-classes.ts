import { ValueError } from "../../core/errors.ts";

/** What a data set calls its classes, by label. */
export interface SetClasses {
  /** The data set, as errors call it. */
  readonly set: string;
  readonly names: readonly string[];
  /** Whether they are but the labels' numbers. */
  readonly areNumbers: boolean;
}

/** A data set's classes as a trained network knows them. */
export interface MatchedClasses {
  readonly classes: readonly string[];
  /** By label of the data set. */
  readonly labels: readonly number[];
  /** What was taken for granted. */
  readonly notes: readonly string[];
}

/** More classes than any data set has: a label above it is an identifier, or damage. */
const MOST_CLASSES = 1_000_000;

/** Classes that have no names are called by their numbers. @throws ValueError for a label that cannot be meant. */
export function numberedClasses(set: string, highest: number): SetClasses {
  if (highest >= MOST_CLASSES) {
    throw new ValueError({
      problem: `data: ${set} has the label ${highest}: there would be ${(highest + 1).toLocaleString("en-US")} classes.`,
      fix: `number the classes from 0 without gaps; ${MOST_CLASSES.toLocaleString("en-US")} are the most.`,
    });
  }
  return { set, names: Array.from({ length: highest + 1 }, (_, label) => String(label)), areNumbers: true };
}

/**
 * Finds the classes of a data set among those that are wanted: by name, or, where the set has numbers that are no names of
 * these, by position.
 * @param wanted by label; none: as the set has them.
 * @throws ValueError when the set has others, or more.
 */
export function matchClasses({ set, names, areNumbers }: SetClasses, wanted?: readonly string[]): MatchedClasses {
  const positions = names.map((_, label) => label);
  if (wanted === undefined) return { classes: names, labels: positions, notes: [] };
  const unknown = names.filter((name) => !wanted.includes(name));
  if (unknown.length === 0) return { classes: wanted, labels: names.map((name) => wanted.indexOf(name)), notes: [] };
  if (!areNumbers || names.length > wanted.length) throw unknownClasses(set, unknown, wanted);
  const shown = wanted.slice(0, 3).map((name, label) => `${label} as ${name}`);
  const note = `the labels of ${set} are numbers, taken for positions of the classes: ${shown.join(", ")}${wanted.length > 3 ? ", ..." : ""}`;
  return { classes: wanted, labels: positions, notes: [note] };
}

export function unknownClasses(set: string, unknown: readonly string[], wanted: readonly string[]): ValueError {
  const short = (names: readonly string[]): string =>
    names.length > 20 ? `${names.slice(0, 20).join(", ")}, ...` : names.join(", ");
  return new ValueError({
    problem: `data: ${set} has classes that were not trained: ${short(unknown)}.`,
    operands: [{ name: "known", value: short(wanted), note: `${wanted.length} classes` }],
    fix: "use data with the training's classes.",
  });
}
