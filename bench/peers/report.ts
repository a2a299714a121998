/** What `bench:peers` says: as one object, and as tables. */
import { formatAmount, formatBytes, formatTable } from "../../cli/terminal/format.ts";
import { describeHere, type Machine } from "../machine.ts";
import { warningOf } from "../quiet.ts";
import { type Ratio, ratioOf, summarize, type Summary } from "../statistics.ts";
import type { Contest } from "./contests.ts";
import type { Outcome } from "./tournament.ts";

/** What `bench:peers --json` prints. Times are in seconds. */
export interface PeersReport {
  readonly machine: Machine;
  readonly contests: readonly ContestReport[];
}

export interface ContestReport {
  readonly name: string;
  readonly title: string;
  readonly flops: number | null;
  readonly steps: number | null;
  /** Share of the processors that other programs used just before and after: ratios are true near 0 only. */
  readonly others: number;
  readonly results: readonly Result[];
  readonly absent: readonly { readonly label: string; readonly reason: string }[];
}

export interface Result {
  readonly label: string;
  readonly version: string;
  readonly how: string;
  readonly time: Summary;
  /** How many times as long it took as Millrace, round by round; null for Millrace itself. */
  readonly ratio: Ratio | null;
  /** 10^9 operations a second, counted by the direct method; null where they are not the point. */
  readonly gflops: number | null;
  /** Most memory of the process; null where memory is not compared. */
  readonly peakBytes: number | null;
}

export function reportOf(contest: Contest, outcomes: readonly Outcome[], others: number): ContestReport {
  const { name, title, flops, steps, comparesMemory, notAsked } = contest;
  const timed = outcomes.filter((outcome) => "seconds" in outcome);
  const ours = timed.find(({ label }) => label === "Millrace");
  const results = timed.map(({ label, version, how, seconds, peakBytes }) => {
    const time = summarize(seconds);
    return {
      label,
      version,
      how,
      time,
      ratio: ours === undefined || label === "Millrace" ? null : ratioOf(seconds, ours.seconds),
      gflops: flops === null ? null : flops / time.median / 1e9,
      peakBytes: comparesMemory ? peakBytes : null,
    };
  });
  const failed = outcomes.filter((outcome) => "reason" in outcome);
  const left = Object.entries(notAsked).map(([label, reason]) => ({ label, reason }));
  return { name, title, flops, steps, others, results, absent: [...failed, ...left] };
}

export function tablesOf({ machine, contests }: PeersReport): string[] {
  return [describeHere(machine), ...contests.flatMap((contest) => ["", ...tableOf(contest, machine)])];
}

export function tableOf(contest: ContestReport, machine: Machine): string[] {
  const { name, title, steps, others, results, absent } = contest;
  const right = true;
  const columns = [
    { title: "  " },
    { title: steps === null ? "seconds" : "steps/s", right },
    { title: "best", right },
    { title: "spread", right },
    { title: "ratio", right },
    { title: "GFLOP/s", right },
    { title: "of peak", right },
    { title: "memory", right },
    { title: "how" },
  ];
  const speed = (seconds: number): string => formatAmount(steps === null ? seconds : steps / seconds);
  const rows = results.map(({ label, version, how, time, ratio, gflops, peakBytes }) => [
    `  ${label} ${version}`.trimEnd(),
    speed(time.median),
    speed(time.min),
    `${(time.spread * 100).toFixed(0)}%`,
    ratio === null ? "" : `${formatAmount(ratio.median)} (${formatAmount(ratio.low)}-${formatAmount(ratio.high)})`,
    gflops === null ? "" : formatAmount(gflops),
    gflops === null ? "" : `${((gflops / machine.gflops) * 100).toFixed(0)}%`,
    peakBytes === null ? "" : formatBytes(peakBytes),
    how,
  ]);
  return [
    `${name}: ${title}`,
    ...formatTable(columns, rows),
    ...absent.map(({ label, reason }) => `  ${label}: ${reason}`),
    ...warningOf(others),
  ];
}
