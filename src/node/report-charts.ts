import { escapeHtml } from "./escape-html.ts";

/** One line of a chart. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Fainter, behind the others. */
  readonly isFaint?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly xTitle: string;
  readonly curves: readonly Curve[];
}

const SIZE = { width: 560, height: 280, left: 56, right: 12, top: 28, bottom: 40 };
const COLORS = ["#2f6fde", "#d9622b", "#2a9d5c", "#8a4fc4"];
/** Points of a line beyond this are averaged: the eye does not see them, the file would. */
const MOST_POINTS = 600;

/** A chart as inline SVG. */
export function lineChart({ title, xTitle, curves }: Chart): string {
  const shown = curves
    .map((curve) => ({ ...curve, points: thinned(curve.points) }))
    .filter(({ points }) => points.length > 0);
  const points = shown.flatMap((curve) => curve.points);
  if (points.length === 0) return "";
  const [x0, x1] = extent(points.map(([x]) => x));
  const [y0, y1] = extent(points.map(([, y]) => y));
  const { width, height, left, right, top, bottom } = SIZE;
  const across = (x: number): number => left + ((x - x0) / (x1 - x0)) * (width - left - right);
  const down = (y: number): number => height - bottom - ((y - y0) / (y1 - y0)) * (height - top - bottom);
  const grid = ticks(y0, y1).map(
    (y) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${fixed(down(y))}" y2="${fixed(down(y))}"/>` +
      `<text x="${left - 6}" y="${fixed(down(y) + 4)}" text-anchor="end">${label(y)}</text>`,
  );
  const marks = ticks(x0, x1).map(
    (x) => `<text x="${fixed(across(x))}" y="${height - bottom + 16}" text-anchor="middle">${label(x)}</text>`,
  );
  const lines = shown.map(({ points: own, isFaint }, index) => {
    const path = own.map(([x, y]) => `${fixed(across(x))},${fixed(down(y))}`).join(" ");
    const color = COLORS[index % COLORS.length];
    const dots =
      own.length <= 60 && isFaint !== true
        ? own.map(([x, y]) => `<circle cx="${fixed(across(x))}" cy="${fixed(down(y))}" r="2.5" fill="${color}"/>`)
        : [];
    return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="${isFaint === true ? 1 : 2}"${isFaint === true ? ' opacity="0.45"' : ""}/>${dots.join("")}`;
  });
  const legend = shown.map(
    ({ name }, index) =>
      `<tspan fill="${COLORS[index % COLORS.length]}"${index > 0 ? ' dx="12"' : ""}>${escapeHtml(name)}</tspan>`,
  );
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">` +
    `<text class="title" x="${left}" y="16">${escapeHtml(title)}</text>` +
    `<text x="${width - right}" y="16" text-anchor="end">${legend.join("")}</text>` +
    `${grid.join("")}${marks.join("")}` +
    `<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text>` +
    `${lines.join("")}</svg>`
  );
}

function thinned(points: Curve["points"]): Curve["points"] {
  const finite = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  if (finite.length <= MOST_POINTS) return finite;
  const step = finite.length / MOST_POINTS;
  return Array.from({ length: MOST_POINTS }, (_, index) => {
    const part = finite.slice(Math.floor(index * step), Math.floor((index + 1) * step));
    return [meanOf(part.map(([x]) => x)), meanOf(part.map(([, y]) => y))] as const;
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Never empty: a single value gets room around it. */
function extent(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Four to ten round numbers. */
function ticks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

function label(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function fixed(value: number): string {
  return value.toFixed(1);
}
