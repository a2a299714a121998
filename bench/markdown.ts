/** What `bench:peers` measured as tables of a document. */
import { formatAmount, formatBytes } from "../cli/terminal/format.ts";
import type { Machine } from "./machine.ts";
import type { ContestReport, PeersReport } from "./peers/report.ts";
import type { Ratio, Summary } from "./statistics.ts";

const BEGIN = "<!-- bench:peers begins -->";
const END = "<!-- bench:peers ends -->";

/** The document with new tables between its two marks. @throws when it has no marks. */
export function replaceTables(document: string, report: PeersReport): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the document has no ${BEGIN} ... ${END}`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${tablesOf(report)}\n\n${document.slice(end)}`;
}

function tablesOf({ machine, contests }: PeersReport): string {
  return [describe(machine), ...contests.map((contest) => tableOf(contest, machine))].join("\n\n");
}

function describe(machine: Machine): string {
  const { date, cpu, cores, threads, platform, node, v8, gflops, gigabytesPerSecond } = machine;
  return (
    `Measured on ${date}: ${cpu}, ${cores} cores, ${threads} threads, ${platform}, Node.js ${node} (V8 ${v8}). ` +
    `Limits measured in the same run: ${formatAmount(gflops)} GFLOP/s, ${formatAmount(gigabytesPerSecond)} GB/s.`
  );
}

function tableOf({ title, steps, results, peak, absent }: ContestReport, machine: Machine): string {
  const unit = steps === null ? "seconds" : "steps/s";
  const speed = (seconds: number): string => formatAmount(steps === null ? seconds : steps / seconds);
  const speeds = ({ median, min, spread }: Summary): string[] => [speed(median), speed(min), percent(spread)];
  const shareOf = (gflops: number, ofPeak: Ratio | null): string =>
    ofPeak === null
      ? percent(gflops / machine.gflops)
      : `${percent(ofPeak.median)} (${percent(ofPeak.low)} to ${percent(ofPeak.high)})`;
  const rows = results.map(({ label, version, how, time, ratio, gflops, ofPeak, peakBytes }) => [
    `${label} ${version}`.trimEnd(),
    ...speeds(time),
    ratio === null ? "" : `${formatAmount(ratio.median)} (${formatAmount(ratio.low)} to ${formatAmount(ratio.high)})`,
    gflops === null ? "" : `${formatAmount(gflops)}, ${shareOf(gflops, ofPeak)}`,
    peakBytes === null ? "" : formatBytes(peakBytes),
    how,
  ]);
  if (peak !== null) rows.push([peak.label, ...speeds(peak.time), "", formatAmount(peak.gflops), "", peak.how]);
  const titles = [title, unit, "best", "spread", "times Millrace's", "GFLOP/s, of peak", "memory", "how"];
  const lines = [titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [
    ...lines,
    ...(absent.length === 0 ? [] : ["", ...absent.map(({ label, reason }) => `- ${label}: ${reason}`)]),
  ].join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}
