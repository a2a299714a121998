import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line from its sources, on the Node.js that runs the tests. */
export function start(...args: string[]): ChildProcess {
  return startIn({}, ...args);
}

/** The same with other variables of the environment. */
export function startIn(variables: Readonly<Record<string, string>>, ...args: string[]): ChildProcess {
  // Whatever the terminal of the tests wants: here output goes to pipes.
  const { FORCE_COLOR: _force, ...env } = process.env;
  return spawn(process.execPath, ["-C", "millrace-source", main, ...args], {
    env: { ...env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs it to its end. */
export function millrace(...args: string[]): Promise<Ended> {
  return ended(start(...args));
}

/** Waits for the end of a program, and for all it printed. */
export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
