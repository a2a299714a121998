#!/usr/bin/env node
/** The command line `millrace`: runs a command and ends with 0, 1 when it failed, 2 when it was called wrongly. */
import { type Command, CommanderError } from "commander";
import * as tf from "millrace";
import { endOnInterrupt } from "./interrupt.ts";
import { UsageError } from "./options.ts";
import { buildProgram } from "./program.ts";

async function main(args: readonly string[]): Promise<number> {
  const program = buildProgram();
  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (error instanceof CommanderError || error instanceof UsageError) {
      printError(`millrace: ${error.message.replace(/^error: /, "").replaceAll("\n", " ")}`);
      printError(usageOf(program, args[0]));
      return 2;
    }
    if (error instanceof tf.MillraceError) {
      printError(`${error.name}: ${error.message}`);
      return 1;
    }
    // The system's errors say what is wrong: a full disk, a file that may not be written.
    if (error instanceof Error && "syscall" in error) {
      printError(`millrace: ${error.message}`);
      return 1;
    }
    // A bug of ours: Node.js prints it with its stack and ends with 1.
    throw error;
  }
}

function usageOf(program: Command, name: string | undefined): string {
  const command = program.commands.find((candidate) => candidate.name() === name);
  const called = command === undefined ? "millrace" : `millrace ${command.name()}`;
  return `usage: ${called} ${(command ?? program).usage()}   (${called} --help says more)`;
}

function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A reader that has enough, as `head` has, ends the program, and that is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}

process.stdout.on("error", endWithReader);
process.stderr.on("error", endWithReader);
endOnInterrupt();
process.exitCode = await main(process.argv.slice(2));
