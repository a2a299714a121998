import { FormatError, type OperandLine } from "../../core/errors.ts";

/** What most malformed files need. */
const FETCH_AGAIN = "the file is cut short, damaged, or not of this format: fetch or write it again.";

/** The error of a malformed file: `malformed("npy", "the header is cut short.")`. */
export function malformed(
  format: string,
  problem: string,
  details: { readonly operands?: readonly OperandLine[]; readonly fix?: string; readonly cause?: unknown } = {},
): FormatError {
  return new FormatError({ problem: `${format}: ${problem}`, fix: FETCH_AGAIN, ...details });
}

/** A name from a file as a message shows it: short, and without control characters that would garble a terminal. */
export function quoted(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 77)}...` : name;
  return JSON.stringify(short);
}
