import { type Command, CommanderError } from "commander";
import * as tf from "millrace";
import { UsageError } from "./options.ts";
import { buildProgram } from "./program.ts";
import { describeSystemError, isSystemError } from "./system-errors.ts";

/** How a command ended. */
export interface Outcome {
  /** 0, or 1 when it failed, or 2 when it was called wrongly. */
  readonly code: 0 | 1 | 2;
  /** What to tell the user about it; empty when all went well. */
  readonly complaint: string;
}

const DONE: Outcome = { code: 0, complaint: "" };

/** Runs one command. @throws what nobody expected: a bug of ours, to be shown with its stack. */
export async function run(args: readonly string[]): Promise<Outcome> {
  const program = await buildProgram(args[0]);
  if (args.length === 0) {
    program.outputHelp();
    return DONE;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return DONE;
  } catch (error) {
    return outcomeOf(error, program, args);
  }
}

function outcomeOf(error: unknown, program: Command, args: readonly string[]): Outcome {
  // Commander ends help and version by throwing, too.
  if (error instanceof CommanderError && error.exitCode === 0) return DONE;
  // Help that nobody asked for: a command is missing, or is none.
  if (error instanceof CommanderError && error.code === "commander.help") {
    const problem = args[0] === "help" ? `unknown command '${args[1]}'` : "missing command";
    return { code: 2, complaint: `millrace: ${problem}\n${usageOf(program, args)}` };
  }
  if (error instanceof CommanderError || error instanceof UsageError) {
    const problem = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    return { code: 2, complaint: `millrace: ${problem}\n${usageOf(program, args)}` };
  }
  if (error instanceof tf.MillraceError && !(error instanceof tf.InternalError)) {
    const here = error instanceof tf.MemoryError ? "\n  here: pass a smaller --batch-size or --image-size." : "";
    return { code: 1, complaint: `${error.name}: ${error.message}${here}` };
  }
  // A full disk, a file that may not be written.
  if (isSystemError(error)) return { code: 1, complaint: describeSystemError(error) };
  throw error;
}

function usageOf(program: Command, args: readonly string[]): string {
  let command = program;
  const names = ["millrace"];
  for (const name of args) {
    const next = command.commands.find((candidate) => candidate.name() === name);
    if (next === undefined) break;
    command = next;
    names.push(name);
  }
  const called = names.join(" ");
  return `usage: ${called} ${command.usage()}   (${called} --help says more)`;
}
