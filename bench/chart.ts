/** Draws what `bench:peers` measured as an SVG: for each work a bar for each peer, as long as its time. */
import type { ContestReport, PeersReport, Result } from "./peers/report.ts";

const WIDTH = 760;
const LABELS = 150;
const BAR = 18;
const GAP = 6;
const TITLE = 30;
/** Room for "12.3 s, 10.1x" behind the longest bar. */
const FIGURES = 130;

const OURS = "#0a7d5a";
const OTHERS = "#9aa5b1";
const TEXT = `font-family="system-ui, sans-serif" font-size="13"`;

/** Only works in which somebody else was timed, too. */
export function drawChart({ machine, contests }: PeersReport): string {
  const drawn = contests.filter(({ results }) => results.length > 1);
  const parts: string[] = [];
  let y = 0;
  for (const contest of drawn) {
    parts.push(...drawContest(contest, y));
    y += TITLE + contest.results.length * (BAR + GAP) + GAP;
  }
  const footer = `${machine.cpu}, ${machine.threads} threads, Node.js ${machine.node}, ${machine.date}; shorter is better`;
  parts.push(`<text x="0" y="${y + 16}" ${TEXT} fill="#6b7683">${escapeXml(footer)}</text>`);
  const height = y + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    "<title>Time of Millrace and its peers on the same work</title>",
    // A page may be dark or light.
    "<style>text { fill: #24292f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }</style>",
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function drawContest({ title, results }: ContestReport, top: number): string[] {
  const longest = Math.max(...results.map(({ time }) => time.median));
  const bars = results.toSorted((a, b) => a.time.median - b.time.median);
  return [
    `<text x="0" y="${top + 20}" ${TEXT} font-weight="600">${escapeXml(title)}</text>`,
    ...bars.flatMap((result, index) => drawBar(result, longest, top + TITLE + index * (BAR + GAP))),
  ];
}

function drawBar({ label, time, ratio }: Result, longest: number, y: number): string[] {
  const length = Math.max(1, (time.median / longest) * (WIDTH - LABELS - FIGURES));
  const figures = `${formatSeconds(time.median)}${ratio === null ? "" : `, ${ratio.median.toFixed(1)}x`}`;
  const middle = y + BAR - 5;
  return [
    `<text x="${LABELS - 8}" y="${middle}" ${TEXT} text-anchor="end">${escapeXml(label)}</text>`,
    `<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2" fill="${ratio === null ? OURS : OTHERS}"/>`,
    `<text x="${(LABELS + length + 6).toFixed(1)}" y="${middle}" ${TEXT}>${figures}</text>`,
  ];
}

/** `0.312 s`, `41.2 ms`. */
function formatSeconds(seconds: number): string {
  return seconds < 0.1 ? `${(seconds * 1000).toPrecision(3)} ms` : `${seconds.toPrecision(3)} s`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
