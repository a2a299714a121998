#!/usr/bin/env node
/** The program `millrace`: its process's part, signals, streams and exit codes. */
import { boundCompiledCode, keepCompiledCode } from "./code-cache.ts";
import { endOnInterrupt } from "./interrupt.ts";

/** A reader that has enough, as `head` has, ends the program, and that is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}

process.stdout.on("error", endWithReader);
process.stderr.on("error", endWithReader);
endOnInterrupt();

// Before anything else is loaded.
keepCompiledCode();
const { run } = await import("./run.ts");

const { code, complaint } = await run(process.argv.slice(2));
if (complaint !== "") process.stderr.write(`${complaint}\n`);
process.exitCode = code;
boundCompiledCode();
