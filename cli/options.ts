/** Options and arguments that several commands have, and how their texts become checked values. */
import { Argument, Option } from "commander";
import * as tf from "millrace";

/** What the user typed cannot be meant: the program prints it with the command's usage, and ends with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** `--steps <n>`: a whole number in a range. */
export function wholeNumber(flags: string, description: string, range: Range, preset?: number): Option {
  return numberOption(flags, description, preset, (text, value) => {
    const isWhole = /^[+-]?\d+(e\d+)?$/i.test(text);
    const fits = isWhole && value >= range.from && value <= range.to;
    return fits ? undefined : `a whole number from ${range.from} to ${range.to}`;
  });
}

/** `--learning-rate <x>`: a number above 0 that float32 has, too: what computes sees neither 1e-50 nor 1e39. */
export function positiveNumber(flags: string, description: string, preset?: number): Option {
  return numberOption(flags, description, preset, (_text, value) => {
    if (!Number.isFinite(value) || value <= 0) return "a number above 0";
    const computed = Math.fround(value);
    return computed > 0 && Number.isFinite(computed) ? undefined : "a number from 1e-45 to 3.4e38, which float32 has";
  });
}

/** `--dropout <part>`: a number in a range without its end. */
export function numberFrom(
  flags: string,
  description: string,
  { from, below }: { readonly from: number; readonly below: number },
  preset?: number,
): Option {
  return numberOption(flags, description, preset, (_text, value) =>
    value >= from && value < below ? undefined : `a number from ${from} to below ${below}`,
  );
}

function numberOption(
  flags: string,
  description: string,
  preset: number | undefined,
  objection: (text: string, value: number) => string | undefined,
): Option {
  const option = new Option(flags, description);
  option.argParser((text: string) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    const wanted = objection(text, value);
    if (wanted !== undefined) throw new UsageError(`${option.long} ${text}: pass ${wanted}.`);
    return value;
  });
  return preset === undefined ? option : option.default(preset);
}

/** `--backend <name>`: one of a few words. */
export function oneOf(flags: string, description: string, words: readonly string[], preset?: string): Option {
  const option = new Option(flags, `${description}: ${words.join(", ")}`);
  option.argParser((text: string) => {
    if (!words.includes(text)) throw new UsageError(`${option.long} ${text}: pass ${either(words)}.`);
    return text;
  });
  return preset === undefined ? option : option.default(preset);
}

/** Names of the networks, in the order of their papers. */
export const MODELS: readonly tf.models.ModelName[] = Object.keys(tf.models.architectures) as tf.models.ModelName[];

export function modelArgument(): Argument {
  return new Argument("<model>", MODELS.join(", ")).argParser((text: string) => {
    if (MODELS.some((model) => model === text)) return text;
    throw new UsageError(`there is no model "${text}": pass ${either(MODELS)}.`);
  });
}

export function batchSizeOption(): Option {
  return wholeNumber("-b, --batch-size <n>", "images in a batch", { from: 1, to: 65_536 }, 32);
}

export function workersOption(): Option {
  return wholeNumber("--workers <n>", "threads that decode (default: all cores but one)", { from: 0, to: 1024 });
}

export function imageSizeOption(): Option {
  return wholeNumber("-i, --image-size <n>", "height and width of the images (default: the paper's)", {
    from: 1,
    to: 8192,
  });
}

export function normalizationOption(description = "instead of the paper's normalization"): Option {
  const words: tf.models.Normalization[] = ["lrn", "batch", "none"];
  return oneOf("--normalization <kind>", description, words);
}

function either(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
