/** Charts of experiments as inline SVG: curves with their spread, and intervals around zero. */
import { escapeHtml } from "millrace/node";
import type { Verdict } from "./verdict.ts";

/** A curve over several runs. */
export interface SpreadCurve {
  readonly name: string;
  readonly points: readonly SpreadPoint[];
}

export interface SpreadPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface SpreadChart {
  readonly title: string;
  readonly xTitle: string;
  /** From 0 to this, which is drawn as 100%. */
  readonly curves: readonly SpreadCurve[];
  /** A horizontal line, and what it is. */
  readonly mark?: { readonly y: number; readonly name: string };
}

const SIZE = { width: 560, height: 310, left: 48, right: 24, top: 48, bottom: 40 };
/** Told apart by people who do not see red or green. @see Okabe, Ito, "Color universal design", 2008. */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

/** Parts, from 0% to 100%: the mean of each curve's runs, and the band from their lowest to their highest. */
export function spreadChart({ title, xTitle, curves, mark }: SpreadChart): string {
  const { width, height, left, right, top, bottom } = SIZE;
  const shown = curves.filter(({ points }) => points.length > 0);
  const last = Math.max(...shown.flatMap(({ points }) => points.map(({ x }) => x)), 1);
  const across = (x: number): string => (left + (x / last) * (width - left - right)).toFixed(1);
  const down = (part: number): string => (height - bottom - part * (height - top - bottom)).toFixed(1);
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (part) =>
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${down(part)}" y2="${down(part)}"/>` +
      `<text x="${left - 6}" y="${down(part - 0.014)}" text-anchor="end">${Math.round(100 * part)}%</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<text x="${across(part * last)}" y="${height - bottom + 16}" text-anchor="middle">${Math.round(part * last)}</text>`,
  );
  const lines = shown.map(({ points }, index) => {
    const color = COLORS[index % COLORS.length];
    const edge = (side: "low" | "high", order: readonly SpreadPoint[]): string =>
      order.map((point) => `${across(point.x)},${down(point[side])}`).join(" ");
    const band = `<polygon points="${edge("high", points)} ${edge("low", points.toReversed())}" fill="${color}" opacity="0.15"/>`;
    const path = points.map(({ x, mean }) => `${across(x)},${down(mean)}`).join(" ");
    const dots = points.map(({ x, mean }) => `<circle cx="${across(x)}" cy="${down(mean)}" r="2.5" fill="${color}"/>`);
    return `${band}<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${dots.join("")}`;
  });
  const legend = shown.map(
    ({ name }, index) =>
      `<tspan fill="${COLORS[index % COLORS.length]}"${index > 0 ? ' dx="14"' : ""}>${escapeHtml(name)}</tspan>`,
  );
  const marked =
    mark === undefined
      ? ""
      : `<line class="mark" x1="${left}" x2="${width - right}" y1="${down(mark.y)}" y2="${down(mark.y)}"/>` +
        `<text x="${width - right}" y="${down(mark.y + 0.02)}" text-anchor="end">${escapeHtml(mark.name)}</text>`;
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(title)}">` +
    `<text class="title" x="${left}" y="16">${escapeHtml(title)}</text><text x="${left}" y="36">${legend.join("")}</text>` +
    `${grid.join("")}${ticks.join("")}${marked}` +
    `<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text>` +
    `${lines.join("")}</svg>`
  );
}

/** An effect's interval, to be drawn on a scale that several share. */
export interface IntervalMark {
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly verdict: Verdict;
  /** Of the single pairs. */
  readonly dots: readonly number[];
}

const STRIP = { width: 260, height: 26 };

/** One interval as a strip: zero in the middle, `reach` at either end. */
export function intervalStrip({ mean, interval, verdict, dots }: IntervalMark, reach: number): string {
  const { width, height } = STRIP;
  const across = (value: number): string =>
    (width / 2 + (Math.min(Math.max(value / reach, -1), 1) * (width - 12)) / 2).toFixed(1);
  const middle = height / 2;
  const [low, high] = interval;
  const single = dots.map((dot) => `<circle class="pair" cx="${across(dot)}" cy="${middle}" r="2"/>`);
  return (
    `<svg class="strip" viewBox="0 0 ${width} ${height}" role="img" aria-label="interval">` +
    `<line class="grid" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${height}"/>` +
    `<g class="${verdict.replaceAll(" ", "-")}"><line x1="${across(low)}" x2="${across(high)}" y1="${middle}" y2="${middle}"/>` +
    `${single.join("")}<circle cx="${across(mean)}" cy="${middle}" r="4.5"/></g></svg>`
  );
}
