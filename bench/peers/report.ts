/** What `bench:peers` says: as one object, and as tables. */
import { formatAmount, formatBytes, formatTable } from "../../cli/terminal/format.ts";
import { describeHere, type Machine } from "../machine.ts";
import { warningOf } from "../quiet.ts";
import { type Ratio, ratioOf, summarize, type Summary } from "../statistics.ts";
import type { Contest } from "./contests.ts";
import type { Outcome, TimedLimit } from "./tournament.ts";

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
  /** The machine's peak in the same rounds; null where it took no turns. */
  readonly peak: PeakResult | null;
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
  /** Share of the machine's peak, round by round; null where the peak took no turns. */
  readonly ofPeak: Ratio | null;
  /** Most memory of the process; null where memory is not compared. */
  readonly peakBytes: number | null;
}

export interface PeakResult {
  readonly label: string;
  readonly how: string;
  /** What the contest's operations take at the peak: the loop's own times, scaled by the two counts. */
  readonly time: Summary;
  readonly gflops: number;
}

export function reportOf(contest: Contest, outcomes: readonly Outcome[], others: number): ContestReport {
  const { name, title, flops, steps, comparesMemory, notAsked } = contest;
  const timed = outcomes.filter((outcome) => "version" in outcome);
  const limit = outcomes.find((outcome) => "flops" in outcome);
  const peak = flops === null || limit === undefined ? null : peakOf(limit, flops);
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
      ofPeak: peak === null ? null : ratioOf(peak.seconds, seconds),
      peakBytes: comparesMemory ? peakBytes : null,
    };
  });
  const failed = outcomes.filter((outcome) => "reason" in outcome);
  const left = Object.entries(notAsked).map(([label, reason]) => ({ label, reason }));
  return { name, title, flops, steps, others, results, peak: peak?.result ?? null, absent: [...failed, ...left] };
}

/** With the seconds that a contest's operations would have taken at the peak, round by round. */
function peakOf(limit: TimedLimit, flops: number): { result: PeakResult; seconds: readonly number[] } {
  const { label, how } = limit;
  const seconds = limit.seconds.map((own) => own * (flops / limit.flops));
  const time = summarize(seconds);
  return { result: { label, how, time, gflops: flops / time.median / 1e9 }, seconds };
}

export function tablesOf({ machine, contests }: PeersReport): string[] {
  return [describeHere(machine), ...contests.flatMap((contest) => ["", ...tableOf(contest, machine)])];
}

export function tableOf(contest: ContestReport, machine: Machine): string[] {
  const { name, title, steps, others, results, peak, absent } = contest;
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
  const speeds = ({ median, min, spread }: Summary): string[] => [speed(median), speed(min), percent(spread)];
  const rows = results.map(({ label, version, how, time, ratio, gflops, ofPeak, peakBytes }) => [
    `  ${label} ${version}`.trimEnd(),
    ...speeds(time),
    ratio === null ? "" : `${formatAmount(ratio.median)} (${formatAmount(ratio.low)}-${formatAmount(ratio.high)})`,
    gflops === null ? "" : formatAmount(gflops),
    gflops === null ? "" : ofPeak === null ? percent(gflops / machine.gflops) : intervalOf(ofPeak),
    peakBytes === null ? "" : formatBytes(peakBytes),
    how,
  ]);
  if (peak !== null) {
    rows.push([`  ${peak.label}`, ...speeds(peak.time), "", formatAmount(peak.gflops), "", "", peak.how]);
  }
  return [
    `${name}: ${title}`,
    ...formatTable(columns, rows),
    ...absent.map(({ label, reason }) => `  ${label}: ${reason}`),
    ...warningOf(others),
  ];
}

function intervalOf({ median, low, high }: Ratio): string {
  return `${percent(median)} (${percent(low)}-${percent(high)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}
