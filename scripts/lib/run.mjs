/** Running other programs: they share our terminal, get our signals, and give us their exit code. */
import { spawn } from "node:child_process";
import { root } from "./project.mjs";

/** Ctrl-C in a terminal reaches every program in it by itself: sending it on would make it two. */
const sentOn = (signal) => signal !== "SIGINT" || !process.stdin.isTTY;
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A program's end: its exit code, or the signal that ended it. */
function ended(child) {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
}

/**
 * Runs a program in the repository's root and waits for it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, stdoutToStderr?: boolean, timeoutSeconds?: number,
 *   reportsItsEnd?: boolean }} options
 *   stdoutToStderr keeps our own standard output clean for what the user asked for.
 * @returns {Promise<{ code: number | null, signal: string | null }>}
 */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    stdio: ["inherit", options.stdoutToStderr ? process.stderr : "inherit", "inherit"],
    ...(options.timeoutSeconds && { timeout: options.timeoutSeconds * 1000, killSignal: "SIGKILL" }),
  });
  // Listening also keeps us alive until the program has ended in its own way.
  let received;
  const forward = (signal) => {
    received = signal;
    if (sentOn(signal)) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, forward);
  try {
    return await ended(child);
  } finally {
    for (const signal of signals) process.off(signal, forward);
    // Whoever stops us stops all of it: no next step after this program, unless its own end is what we report.
    if (received && !options.reportsItsEnd) process.kill(process.pid, received);
  }
}

/** Runs a program and throws unless it succeeds. */
export async function runOrThrow(command, args, options) {
  const { code, signal } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ended with ${signal ?? `exit code ${code}`}`);
}

/** Runs a program and returns what it printed; throws, with all its output, unless it succeeds. */
export async function output(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, ...options, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const { code, signal } = await ended(child);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")}: ended with ${signal ?? `exit code ${code}`}\n${stdout}${stderr}`);
}

/** Ends this process the way a program that we ran ended. */
export function endLike({ code, signal }) {
  if (signal) process.kill(process.pid, signal);
  else process.exitCode = code ?? 1;
}
