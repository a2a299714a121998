/** The few options that the programs of bench/ have, read strictly: a typing error must not measure something else. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/** What the caller typed cannot be meant. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** @throws UsageError for options that are not there; `usage` is what `--help` prints before the program ends. */
export function readOptions(options: ParseArgsOptionsConfig, usage: string): Values {
  const values = parse(options, usage);
  if (values["help"] === true) {
    console.log(usage);
    process.exit(0);
  }
  return values;
}

function parse(options: ParseArgsOptionsConfig, usage: string): Values {
  try {
    return parseArgs({ options: { ...options, help: { type: "boolean" } } }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

/** A whole number from 1, or the preset when the option is absent. */
export function countOption(values: Values, name: string, preset: number): number {
  const text = values[name];
  if (text === undefined) return preset;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new UsageError(`--${name} ${String(text)}: pass a whole number from 1.`);
  }
  return count;
}

/** `--works a,b`: some of the names, or all when the option is absent. */
export function namesOption(values: Values, name: string, known: readonly string[]): readonly string[] {
  const text = values[name];
  if (typeof text !== "string") return known;
  const names = text.split(",");
  const unknown = names.find((candidate) => !known.includes(candidate));
  if (unknown !== undefined) throw new UsageError(`--${name} ${unknown}: pass some of ${known.join(", ")}.`);
  return names;
}

/** Runs a program of bench/: wrong options end it with 2 and a line, without a stack. */
export async function runProgram(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
