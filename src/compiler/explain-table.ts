import { formatBytes } from "../core/format.ts";
import type { ExplainedStep, Explanation } from "./explain.ts";

interface Column {
  readonly title: string;
  readonly cell: (step: ExplainedStep, index: number) => string;
  readonly right?: boolean;
  /** Wider cells are cut in the middle. */
  readonly width?: number;
}

const COLUMNS: readonly Column[] = [
  { title: "step", cell: (_step, index) => String(index), right: true },
  { title: "name", cell: ({ name }) => name, width: 40 },
  { title: "kernel", cell: ({ kernel }) => kernel, width: 44 },
  { title: "algorithm", cell: ({ algorithm }) => algorithm },
  { title: "shapes", cell: ({ shapes, inPlace }) => (inPlace ? `${shapes} in place` : shapes), width: 64 },
  { title: "tasks", cell: ({ tasks }) => String(tasks), right: true },
  { title: "memory", cell: ({ bytes }) => formatBytes(bytes), right: true },
  { title: "MFLOP", cell: ({ flops }) => (flops / 1e6).toFixed(flops < 1e6 ? 3 : 1), right: true },
];

const MEASURED: readonly Column[] = [
  { title: "ms", cell: ({ milliseconds }) => (milliseconds ?? 0).toFixed(3), right: true },
  { title: "GFLOP/s", cell: ({ gflopsPerSecond }) => gflopsPerSecond?.toFixed(1) ?? "", right: true },
];

/** The explanation as a table for a terminal: a line for each step, then the totals. */
export function formatExplanation({ steps, totals }: Explanation): string {
  const all = totals.milliseconds === null ? COLUMNS : [...COLUMNS, ...MEASURED];
  const columns = all.filter(
    ({ title, cell }) => title !== "algorithm" || steps.some((step, index) => cell(step, index) !== ""),
  );
  const rows = [
    columns.map(({ title }) => title),
    ...steps.map((step, index) => columns.map(({ cell, width }) => cut(cell(step, index), width))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (columns[column]!.right ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", ...totalLines(totals)].join("\n");
}

function totalLines(totals: Explanation["totals"]): string[] {
  const work = `${totals.steps} ${totals.steps === 1 ? "step" : "steps"}${totals.prologueSteps === 0 ? "" : ` and ${totals.prologueSteps} when loaded`}, ${(totals.flops / 1e9).toFixed(3)} GFLOP`;
  const rate = totals.gflopsPerSecond === null ? "" : `, ${totals.gflopsPerSecond.toFixed(1)} GFLOP/s`;
  const speed = totals.milliseconds === null ? "" : ` in ${totals.milliseconds.toFixed(3)} ms${rate}`;
  return [
    work + speed,
    `memory: ${formatBytes(totals.arenaBytes)} for a run, ${formatBytes(totals.variableBytes)} of variables, ${formatBytes(totals.constantBytes)} of constants`,
    ...fittingLines(totals),
  ];
}

/** The table has the names of all. */
const MOST_NAMES = 12;

/** What was done so that the run fits into the memory. */
function fittingLines({ fitting, flopsAgain }: Explanation["totals"]): string[] {
  if (fitting === null) return [];
  const { again, limitBytes, wantedBytes, parts } = fitting;
  const named = again.slice(0, MOST_NAMES).map((name) => name.replace(/\/again$/, ""));
  const names = [...named, ...(again.length > MOST_NAMES ? [`${again.length - MOST_NAMES} more`] : [])].join(", ");
  return [
    `made to fit into ${formatBytes(limitBytes)} instead of ${formatBytes(wantedBytes)}:`,
    ...(parts === 1 ? [] : [`  the batch in ${parts} parts`]),
    ...(again.length === 0 ? [] : [`  computed twice, ${(flopsAgain / 1e9).toFixed(3)} GFLOP more: ${names}`]),
  ];
}

function cut(text: string, width: number | undefined): string {
  if (width === undefined || text.length <= width) return text;
  const head = Math.ceil((width - 3) / 2);
  return `${text.slice(0, head)}...${text.slice(text.length - (width - 3 - head))}`;
}
