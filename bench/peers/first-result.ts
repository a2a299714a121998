/** From the start of a process to the first line that `fit-plane` prints. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { findPython } from "./commands.ts";
import { type Command, ContestantError } from "./contestant.ts";
import type { Outcome, TournamentOptions } from "./tournament.ts";

const root = join(import.meta.dirname, "..", "..");

const fitPlane = ["fit-plane", "--steps", "1"];

/** Users run the built package; from sources, Node.js strips the types of every file first. */
const programs: Readonly<Record<string, () => Command>> = {
  Millrace: () => ({ program: process.execPath, args: [join(root, "dist", "cli", "main.js"), ...fitPlane] }),
  "Millrace, from sources": () => ({
    program: process.execPath,
    args: ["-C", "millrace-source", join(root, "cli", "main.ts"), ...fitPlane],
  }),
  PyTorch: () => ({ program: findPython(), args: [join(import.meta.dirname, "first_result.py")] }),
};

/** Every round starts every program once, one after the other. */
export async function holdFirstResult({ rounds, warmUps, onProgress }: TournamentOptions): Promise<Outcome[]> {
  const outcomes = Object.entries(programs).map(([label, command]) => ({
    label,
    command: command(),
    seconds: [] as number[],
    reason: "",
  }));
  for (let round = -warmUps; round < rounds; round++) {
    onProgress?.(round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`);
    for (const outcome of outcomes.filter(({ reason }) => reason === "")) {
      try {
        const seconds = await secondsToFirstResult(outcome.command);
        if (round >= 0) outcome.seconds.push(seconds);
      } catch (error) {
        outcome.reason = (error as Error).message;
      }
    }
  }
  return outcomes.map(({ label, seconds, reason }) =>
    reason === "" ? { label, version: "", how: "process start included", seconds, peakBytes: 0 } : { label, reason },
  );
}

/** Step 0 is the first that is printed: `0 [[0.1 0.2]] [0.3]`. */
async function secondsToFirstResult({ program, args }: Command): Promise<number> {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  let seconds: number | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (/^\s*0\s+\[/.test(line)) seconds ??= (performance.now() - start) / 1000;
  }
  await ended;
  if (seconds === null) throw new ContestantError(`${program} ${args.join(" ")} ended without a result`);
  return seconds;
}
