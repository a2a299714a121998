/** `npm run bench:guard`: whether kernels have become slower, by ratios within one run, never by absolute times. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { formatAmount, formatTable } from "../cli/terminal/format.ts";
import { measureAll, type Seconds } from "./guard/attempts.ts";
import { isBelow, judge, type Judgement, type Rounds } from "./guard/judge.ts";
import { floors, guarded, ratios } from "./guard/pairs.ts";
import { Worktree } from "./guard/worktree.ts";
import { kernelCases } from "./kernels/index.ts";
import { openKernel } from "./kernels/open-kernel.ts";
import { higherLimits, type Machine, measureHere } from "./machine.ts";
import { countOption, readOptions, runProgram } from "./options.ts";
import { program } from "./peers/commands.ts";
import { hold } from "./peers/tournament.ts";
import { MOST_OTHERS, measureOthers } from "./quiet.ts";
import { ratioOf } from "./statistics.ts";
import * as tf from "millrace";

const USAGE = `usage: npm run bench:guard -- [--against REV] [--filter TEXT] [--rounds N] [--threads N]
  --against REV  also compare with a revision, built in a temporary folder: HEAD, HEAD~1, a tag
  --filter TEXT  only kernels with this in their name
  --rounds N     measurements of each kernel; default 11
  --threads N    worker threads; default: all cores
Ends with 1 when a ratio is worse than the noise of the same run explains.`;

interface Options {
  readonly rounds: number;
  readonly threads: number;
}

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const values = readOptions({ against: text, filter: text, rounds: text, threads: text }, USAGE);
  const options = {
    rounds: countOption(values, "rounds", 11),
    threads: countOption(values, "threads", availableParallelism()),
  };
  const filter = typeof values["filter"] === "string" ? values["filter"] : "";
  const kernels = guarded.filter((name) => name.includes(filter));
  const others = await measureOthers();
  if (others > MOST_OTHERS) {
    console.error(`others use ${(others * 100).toFixed(0)}% of the processors: ratios will be wide, some may mislead`);
  }
  const { against } = values;
  const complaints = await compareHere(kernels, options);
  if (typeof against === "string") complaints.push(...(await compareWith(against, kernels, options)));
  for (const complaint of complaints) console.log(`FALLEN ${complaint}`);
  console.log(complaints.length === 0 ? "nothing has fallen" : `${complaints.length} fallen`);
  return complaints.length === 0 ? 0 : 1;
}

/** Others slow a kernel for a moment, a change slows it each time. */
const ATTEMPTS = 3;

/** Shares of the machine's limits, and kernels against each other. */
async function compareHere(kernels: readonly string[], { rounds, threads }: Options): Promise<string[]> {
  let machine = await measureHere(threads);
  const amounts = new Map<string, number>();
  const measure = async (name: string): Promise<readonly number[]> => {
    const kernel = kernelCases.find((one) => one.name === name);
    if (kernel === undefined) throw new Error(`bench/kernels has no ${name}`);
    console.error(`${name} ...`);
    await using open = await openKernel(kernel, tf.wasm({ threads }));
    amounts.set(name, kernel.limit.kind === "arithmetic" ? open.flops : kernel.limit.bytes);
    await open.run();
    const own: number[] = [];
    for (let round = 0; round < rounds; round++) own.push(await open.run());
    return own;
  };
  const judgeAll = (seconds: Seconds): readonly Found[] => {
    const limitSeconds = (name: string): number => (amounts.get(name) ?? 0) / limitOf(name, machine) / 1e9;
    return [...sharesOf(seconds, limitSeconds), ...ratiosOf(seconds)];
  };
  const fallen = (found: readonly Found[]): readonly Found[] => found.filter((one) => one.fallen);
  const seconds = await measureAll(kernels, {
    attempts: ATTEMPTS,
    measure,
    suspects: async (measured) => {
      machine = higherLimits(machine, await measureHere(threads));
      return fallen(judgeAll(measured)).flatMap((one) => one.kernels);
    },
  });
  const found = judgeAll(seconds);
  for (const { text } of found) console.log(text);
  return fallen(found).map(({ text }) => text);
}

interface Found {
  readonly kernels: readonly string[];
  readonly text: string;
  readonly fallen: boolean;
}

function sharesOf(seconds: Seconds, limitSeconds: (kernel: string) => number): Found[] {
  return Object.entries(floors).flatMap(([kernel, floor]) => {
    const own = seconds.get(kernel);
    if (own === undefined) return [];
    const limit = limitSeconds(kernel);
    const text = `${kernel}: ${percent(limit / Math.min(...own))} of the limit, the floor is ${percent(floor)}`;
    return [{ kernels: [kernel], text, fallen: isBelow(floor, own, limit) }];
  });
}

function ratiosOf(seconds: Seconds): Found[] {
  return ratios.flatMap(({ kernel, than, atMost, why }) => {
    const [own, other] = [seconds.get(kernel), seconds.get(than)];
    if (own === undefined || other === undefined) return [];
    const { low, median } = ratioOf(own, other);
    const text = `${kernel}: ${formatAmount(median)} times ${than}, at most ${atMost}: ${why}`;
    return [{ kernels: [kernel, than], text, fallen: low > atMost }];
  });
}

function limitOf(name: string, { gflops, gigabytesPerSecond }: Machine): number {
  const kind = kernelCases.find((kernel) => kernel.name === name)?.limit.kind;
  return kind === "bandwidth" ? gigabytesPerSecond : gflops;
}

/** This tree twice, to see the noise, and another revision: in turns. */
async function compareWith(
  revision: string,
  kernels: readonly string[],
  { rounds, threads }: Options,
): Promise<string[]> {
  console.error(`building ${revision} ...`);
  using tree = new Worktree(revision);
  const here = program("millrace.ts", join(import.meta.dirname, "peers"));
  const there = program("millrace.ts", join(tree.folder, "bench", "peers"));
  const judgements: Judgement[] = [];
  for (const name of kernels) {
    console.error(`${name} ...`);
    const work = { kind: "kernel", name } as const;
    const entry = (label: string, command: typeof here) => ({ label, command, work, threads });
    const entries = [entry("ours", here), entry("ours again", here), entry(revision, there)];
    // Millrace's threads sleep within 45 microseconds.
    const [ours, oursAgain, theirs] = await hold(entries, { rounds, warmUps: 2, pauseMilliseconds: 30 });
    const failed = [ours, oursAgain, theirs].find((outcome) => outcome !== undefined && "reason" in outcome);
    if (failed !== undefined && "reason" in failed) {
      console.error(`  ${failed.label}: ${failed.reason}`);
      continue;
    }
    judgements.push(judge({ kernel: name, ...secondsOf({ ours, oursAgain, theirs }) }));
  }
  console.log(tableOf(judgements, revision).join("\n"));
  return judgements
    .filter(({ fallen }) => fallen)
    .map(({ kernel, ratio }) => `${kernel}: ${formatAmount(ratio.median)} times as long as in ${revision}`);
}

type Outcomes = Readonly<Record<"ours" | "oursAgain" | "theirs", Awaited<ReturnType<typeof hold>>[number] | undefined>>;

function secondsOf(outcomes: Outcomes): Omit<Rounds, "kernel"> {
  const of = (outcome: Outcomes["ours"]): readonly number[] =>
    outcome !== undefined && "seconds" in outcome ? outcome.seconds : [];
  return { ours: of(outcomes.ours), oursAgain: of(outcomes.oursAgain), theirs: of(outcomes.theirs) };
}

function tableOf(judgements: readonly Judgement[], revision: string): string[] {
  const right = true;
  const columns = [
    { title: "kernel" },
    { title: `time / ${revision}`, right },
    { title: "interval", right },
    { title: "noise", right },
    { title: "" },
  ];
  const rows = judgements.map(({ kernel, ratio: { median, low, high }, noise, fallen }) => [
    kernel,
    formatAmount(median),
    `${formatAmount(low)}-${formatAmount(high)}`,
    percent(noise),
    fallen ? "FALLEN" : "",
  ]);
  return formatTable(columns, rows);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}

await runProgram(main);
