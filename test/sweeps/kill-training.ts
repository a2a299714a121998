/**
 * Kills `millrace train` at random moments, or stops it as Ctrl-C does, and resumes it, until it ends by itself; then its last
 * checkpoint must be, byte by byte, that of a run that was never killed.
 *
 *     npm run sweep:kills -- [--kills 100] [--seed 1]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { RandomStream } from "../../src/data/random-stream.ts";
import { makeShapes, readMetrics } from "../../src/node/index.ts";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "100" }, seed: { type: "string", default: "1" } },
});
const kills = Number(values.kills);
const random = new RandomStream(Number(values.seed), "user");
const main = new URL("../../cli/main.ts", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "millrace-kills-"));
const data = join(folder, "shapes");
let stopped = 0;

/** Steps are milliseconds long: checkpoints come often, so that many kills hit one being written. */
const RUN = [
  "--model",
  "lenet5",
  "--epochs",
  "12",
  "--batch-size",
  "16",
  "--checkpoint-every",
  "3",
  "--ema",
  "0.9",
  "--workers",
  "1",
  "--threads",
  "2",
  "--no-report",
  "--resume",
];

/** What 128 + SIGINT is to shells: stopped by Ctrl-C, with a checkpoint. */
const STOPPED = 130;

/** Trains until the end, or until it is killed or stopped; true when it ended by itself. */
function train(out: string, killAfter: number | null): Promise<boolean> {
  const signalName = random.chance(0.4) ? "SIGINT" : "SIGKILL";
  const child = spawn(process.execPath, ["-C", "millrace-source", main, "train", data, "--out", out, ...RUN], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const timer = killAfter === null ? undefined : setTimeout(() => child.kill(signalName), killAfter);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === STOPPED) stopped++;
      if (code === 0 || code === STOPPED || signal === signalName) resolve(code === 0);
      else reject(new Error(`train ended with ${code}: ${complaint}`));
    });
  });
}

function lastCheckpoint(out: string): { name: string; bytes: Buffer } {
  const files = readdirSync(join(out, "checkpoints"))
    .filter((name) => name.endsWith(".safetensors"))
    .sort();
  const name = files.at(-1) ?? "none";
  return { name, bytes: readFileSync(join(out, "checkpoints", name)) };
}

/** What was written down, but for speeds and times. */
async function numbersOf(out: string): Promise<string> {
  const records = await readMetrics(join(out, "metrics.jsonl"));
  return JSON.stringify(records.map(({ time: _time, imagesPerSecond: _speed, dataWait: _wait, ...rest }) => rest));
}

await makeShapes(data, { size: 28, train: 24, validation: 20, test: 0, seed: 5 });
const whole = join(folder, "whole");
const started = performance.now();
await train(whole, null);
let duration = performance.now() - started;
const expected = lastCheckpoint(whole);
const numbers = await numbersOf(whole);

let [killed, runs, wrong] = [0, 0, 0];
while (killed < kills) {
  const out = join(folder, `killed-${runs}`);
  let inThisRun = 0;
  const begun = performance.now();
  // Every fifth kill comes early, when little is there yet.
  while (
    !(await train(out, killed >= kills ? null : random.uniform(0.1, 1) * duration * (random.chance(0.2) ? 0.3 : 0.9)))
  ) {
    killed++;
    inThisRun++;
  }
  runs++;
  // How fast the machine is changes: kills have to come before the end.
  if (inThisRun === 0) duration = performance.now() - begun;
  const { name, bytes } = lastCheckpoint(out);
  const same = name === expected.name && bytes.equals(expected.bytes) && (await numbersOf(out)) === numbers;
  if (!same) wrong++;
  process.stdout.write(`run ${runs}: ${inThisRun} kills, ${same ? "the same bits" : `DIFFERS (${out})`}\n`);
  if (same) rmSync(out, { recursive: true });
}
process.stdout.write(
  `${killed} kills, ${stopped} of them by Ctrl-C with a checkpoint, in ${runs} runs of ${expected.name}, ${bytes(expected.bytes.length)}: ${wrong} differ\n`,
);
if (wrong === 0) rmSync(folder, { recursive: true });
process.exitCode = wrong === 0 ? 0 : 1;

function bytes(count: number): string {
  return `${(count / 1e6).toFixed(2)} MB`;
}
