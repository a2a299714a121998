/** `npm run bench`: every hot kernel, beside what the machine's arithmetic or memory allows. */
import { availableParallelism } from "node:os";
import * as tf from "millrace";
import { formatAmount, formatTable } from "../cli/terminal/format.ts";
import { kernelCases } from "./kernels/index.ts";
import type { KernelCase } from "./kernels/kernel-case.ts";
import { openKernel } from "./kernels/open-kernel.ts";
import { describeHere, higherLimits, type Machine, measureHere } from "./machine.ts";
import { countOption, readOptions, runProgram, UsageError } from "./options.ts";
import { measureOthers, warningOf } from "./quiet.ts";
import { summarize, type Summary } from "./statistics.ts";

const USAGE = `usage: npm run bench -- [--filter TEXT] [--rounds N] [--threads N] [--json]
  --filter TEXT  only kernels with this in their name, as "conv2d/vgg16" or "gradient"; several with commas between
  --rounds N     measurements of each kernel; default 10
  --threads N    worker threads; default: all cores
  --json         print one JSON object; progress goes to standard error`;

/** One kernel, measured. */
export interface Measured {
  readonly name: string;
  readonly algorithm: string;
  readonly limit: "arithmetic" | "bandwidth";
  /** Seconds. */
  readonly time: Summary;
  /** 10^9 operations or bytes a second, by the median; and as a share of the machine's measured limit. */
  readonly rate: number;
  readonly share: number;
}

/** What `bench --json` prints. */
export interface MicroReport {
  readonly machine: Machine;
  /** Share of the processors that other programs used before and after: limits and rates are true near 0 only. */
  readonly others: number;
  readonly kernels: readonly Measured[];
}

type Timed = Omit<Measured, "share">;

async function main(): Promise<number> {
  const values = readOptions(
    { filter: { type: "string" }, rounds: { type: "string" }, threads: { type: "string" }, json: { type: "boolean" } },
    USAGE,
  );
  const rounds = countOption(values, "rounds", 10);
  const threads = countOption(values, "threads", availableParallelism());
  const chosen = casesMatching(values["filter"]);
  const othersBefore = await measureOthers();
  const before = await measureHere(threads);
  console.error(describeHere(before));

  const timed: Timed[] = [];
  for (const kernel of chosen) {
    const result = await time(kernel, { rounds, threads });
    console.error(`${kernel.name}: ${formatAmount(result.time.median * 1000)} ms`);
    timed.push(result);
  }
  const machine = higherLimits(before, await measureHere(threads));
  const others = Math.max(othersBefore, await measureOthers());
  const report = { machine, others, kernels: timed.map((kernel) => ({ ...kernel, share: shareOf(kernel, machine) })) };
  console.log(values["json"] === true ? JSON.stringify(report, null, 2) : tableOf(report).join("\n"));
  return 0;
}

function casesMatching(filter: string | boolean | undefined): readonly KernelCase[] {
  if (typeof filter !== "string") return kernelCases;
  const parts = filter.split(",");
  const chosen = kernelCases.filter(({ name }) => parts.some((part) => name.includes(part)));
  if (chosen.length === 0) {
    throw new UsageError(
      `--filter ${filter}: no kernel has that in its name.\n${kernelCases.map((c) => c.name).join("\n")}`,
    );
  }
  return chosen;
}

async function time(kernel: KernelCase, { rounds, threads }: { rounds: number; threads: number }): Promise<Timed> {
  await using open = await openKernel(kernel, tf.wasm({ threads }));
  // V8 replaces its first machine code while the first runs last.
  for (let run = 0; run < 2; run++) await open.run();
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await open.run());
  const summary = summarize(seconds);
  const amount = kernel.limit.kind === "arithmetic" ? open.flops : kernel.limit.bytes;
  return {
    name: kernel.name,
    algorithm: open.algorithm,
    limit: kernel.limit.kind,
    time: summary,
    rate: amount / summary.median / 1e9,
  };
}

function shareOf({ limit, rate }: Timed, { gflops, gigabytesPerSecond }: Machine): number {
  return rate / (limit === "arithmetic" ? gflops : gigabytesPerSecond);
}

function tableOf({ machine, others, kernels }: MicroReport): string[] {
  const right = true;
  const columns = [
    { title: "kernel" },
    { title: "ms", right },
    { title: "spread", right },
    { title: "rate", right },
    { title: "of limit", right },
    { title: "algorithm" },
  ];
  const rows = kernels.map(({ name, algorithm, limit, time: { median, spread }, rate, share }) => [
    name,
    formatAmount(median * 1000),
    `${(spread * 100).toFixed(0)}%`,
    `${formatAmount(rate)} ${limit === "arithmetic" ? "GFLOP/s" : "GB/s   "}`,
    `${(share * 100).toFixed(0)}%`,
    algorithm,
  ]);
  return [describeHere(machine), "", ...formatTable(columns, rows), ...warningOf(others)];
}

await runProgram(main);
