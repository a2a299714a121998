/** `npm run bench:peers`: Millrace and every installed peer on the same works, in turns, in one run. */
import { availableParallelism } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { higherLimits, measureHere } from "./machine.ts";
import { countOption, namesOption, readOptions, runProgram } from "./options.ts";
import { contests } from "./peers/contests.ts";
import { FloatFiles } from "./peers/float-files.ts";
import { installPeers } from "./peers/install.ts";
import { measureOthers, MOST_OTHERS, quietest } from "./quiet.ts";
import { type ContestReport, reportOf, tableOf, tablesOf } from "./peers/report.ts";

const names = contests.map(({ name }) => name);

const USAGE = `usage: npm run bench:peers -- [--works A,B] [--rounds N] [--warm-ups N] [--threads N]
                             [--attempts N] [--json]
       npm run bench:peers -- --install
  --works A,B    some of ${names.join(", ")}; default: all
  --rounds N     turns that each peer is timed; default 10
  --warm-ups N   turns before those; default 2
  --threads N    threads of each; default: all cores
  --attempts N   times that a work is measured anew where others used more than ${MOST_OTHERS * 100}% of the processors; the
                 quietest attempt is reported, whole; default 1
  --json         print one JSON object; progress goes to standard error
  --install      install the peers that npm has, into bench/peers/packages. PyTorch comes from your system, as Debian's
                 python3-torch; $PYTHON names a Python that has it`;

const SETTLE_MILLISECONDS = 2000;

async function main(): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const values = readOptions(
    { works: text, rounds: text, "warm-ups": text, threads: text, attempts: text, json: flag, install: flag },
    USAGE,
  );
  if (values["install"] === true) return installPeers();
  const rounds = countOption(values, "rounds", 10);
  const warmUps = countOption(values, "warm-ups", 2);
  const threads = countOption(values, "threads", availableParallelism());
  const attempts = countOption(values, "attempts", 1);
  const wanted = namesOption(values, "works", names);

  console.error("measuring this machine ...");
  const before = await measureHere(threads);
  const reports: ContestReport[] = [];
  for (const contest of contests.filter(({ name }) => wanted.includes(name))) {
    using files = new FloatFiles();
    const onProgress = (line: string): void => console.error(`${contest.name}: ${line}`);
    const turns = { rounds: Math.min(rounds, contest.mostRounds), warmUps: Math.min(warmUps, contest.mostRounds) };
    const measure = async (): Promise<ContestReport> => {
      const others = await measureOthers();
      const outcomes = await contest.hold(files, threads, { ...turns, onProgress });
      // Contestants that give gigabytes back are busy for a while after their end.
      await pause(SETTLE_MILLISECONDS);
      return reportOf(contest, outcomes, Math.max(others, await measureOthers()));
    };
    const report = await quietest(measure, attempts);
    console.error(tableOf(report, before).join("\n"));
    reports.push(report);
  }
  const report = { machine: higherLimits(before, await measureHere(threads)), contests: reports };
  console.log(values["json"] === true ? JSON.stringify(report, null, 2) : tablesOf(report).join("\n"));
  return reports.every(({ results }) => results.some(({ label }) => label === "Millrace")) ? 0 : 1;
}

await runProgram(main);
