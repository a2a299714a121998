#!/usr/bin/env node
/** The program `millrace`: its process's part, signals, streams and exit codes. */
import { boundCompiledCode, keepCompiledCode } from "./code-cache.ts";
import { endOnInterrupt } from "./interrupt.ts";
import { describeSystemError } from "./system-errors.ts";

/**
 * A reader that has enough, as `head` has, ends the program, and that is no error, unless a command has work to save: to that
 * it is the signal which it would be for programs that do not look at what their writes come to.
 */
function endUnread(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") {
    if (!process.emit("SIGPIPE", "SIGPIPE")) process.exit(0);
    return;
  }
  process.stderr.write(`${describeSystemError(error, "what is printed cannot be written")}\n`);
  process.exit(1);
}

process.stdout.on("error", endUnread);
process.stderr.on("error", endUnread);
endOnInterrupt();

// Before anything else is loaded.
keepCompiledCode();
const { run } = await import("./run.ts");

const { code, complaint } = await run(process.argv.slice(2));
if (complaint !== "") process.stderr.write(`${complaint}\n`);
process.exitCode = code;
boundCompiledCode();
