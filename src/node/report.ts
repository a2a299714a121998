import type { ClassificationMetrics } from "../train/metrics.ts";
import { escapeHtml } from "./escape-html.ts";
import { type Chart, lineChart } from "./report-charts.ts";

/** A picture of a report, as a PNG file, and what stands below it. */
export interface ReportPicture {
  readonly png: Uint8Array;
  readonly caption: string;
}

/** A row of pictures under a title. */
export interface ReportGallery {
  readonly title: string;
  readonly text: string;
  readonly pictures: readonly ReportPicture[];
  /** Height on the page in pixels. */
  readonly height: number;
}

export interface ReportContent {
  readonly title: string;
  /** A line about the run. */
  readonly summary: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly charts: readonly Chart[];
  /** What was evaluated, and what came of it. */
  readonly part: string;
  readonly metrics: ClassificationMetrics;
  readonly classes: readonly string[];
  readonly galleries: readonly ReportGallery[];
  /** The table of the plan, as text. */
  readonly plan: string;
}

/** A report as one HTML file that needs no other: pictures and charts are inside. */
export function renderReport(content: ReportContent): string {
  const { title, summary, settings, charts, part, metrics, classes, galleries, plan } = content;
  const figures = [
    ["top-1", percent(metrics.accuracy)],
    ["top-5", percent(metrics.top5)],
    ["loss", metrics.loss.toFixed(4)],
    ["images", metrics.count.toLocaleString("en-US")],
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(summary)}</p>
<p class="figures">${figures.map(([name, value]) => `<span><b>${value}</b> ${name}</span>`).join("")}</p>
<p>Measured on the ${escapeHtml(part)} images, with the best weights.</p>
<section class="charts">${charts.map((chart) => lineChart(chart)).join("\n")}</section>
<h2>Classes</h2>
${classTable(metrics, classes)}
<h2>Confusion</h2>
<p>Rows are what the images show, columns what they were called.</p>
${confusionTable(metrics, classes)}
${galleries.map((gallery) => renderGallery(gallery)).join("\n")}
<h2>Settings</h2>
<table>${Object.entries(settings)
    .map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(textOf(value))}</td></tr>`)
    .join("")}</table>
<details><summary>The plan of one prediction</summary><pre>${escapeHtml(plan)}</pre></details>
</main>
</html>
`;
}

function classTable({ classes: rows }: ClassificationMetrics, names: readonly string[]): string {
  const cells = rows.map(
    ({ support, precision, recall, f1 }, index) =>
      `<tr><th scope="row">${escapeHtml(names[index] ?? String(index))}</th><td>${support}</td><td>${percent(precision)}</td><td>${percent(recall)}</td><td>${percent(f1)}</td></tr>`,
  );
  return `<table class="numbers"><tr><th>class</th><th>images</th><th>precision</th><th>recall</th><th>F1</th></tr>${cells.join("")}</table>`;
}

/** Beyond so many classes a table of all pairs is no longer read: the commonest confusions are. */
const MOST_CLASSES = 40;

function confusionTable({ confusion }: ClassificationMetrics, names: readonly string[]): string {
  const name = (index: number): string => escapeHtml(names[index] ?? String(index));
  if (confusion.length > MOST_CLASSES) {
    const pairs = confusion.flatMap((row, truth) => row.map((count, called) => ({ truth, called, count })));
    const worst = pairs
      .filter(({ truth, called, count }) => truth !== called && count > 0)
      .sort((a, b) => b.count - a.count);
    const rows = worst
      .slice(0, MOST_CLASSES)
      .map(({ truth, called, count }) => `<tr><td>${name(truth)}</td><td>${name(called)}</td><td>${count}</td></tr>`);
    return `<table class="numbers"><tr><th>shows</th><th>called</th><th>images</th></tr>${rows.join("")}</table>`;
  }
  const head = confusion.map((_, index) => `<th class="tilted"><span>${name(index)}</span></th>`).join("");
  const rows = confusion.map((row, truth) => {
    const total = Math.max(
      row.reduce((sum, count) => sum + count, 0),
      1,
    );
    const cells = row.map((count, called) => {
      const color = truth === called ? "47,111,222" : "217,98,43";
      return `<td style="background:rgba(${color},${((0.85 * count) / total).toFixed(3)})">${count === 0 ? "" : count}</td>`;
    });
    return `<tr><th scope="row">${name(truth)}</th>${cells.join("")}</tr>`;
  });
  return `<div class="wide"><table class="confusion"><tr><th></th>${head}</tr>${rows.join("")}</table></div>`;
}

function renderGallery({ title, text, pictures, height }: ReportGallery): string {
  if (pictures.length === 0) return "";
  const figures = pictures.map(({ png, caption }) => {
    const source = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    return `<figure><img src="${source}" height="${height}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
  });
  return `<h2>${escapeHtml(title)}</h2><p>${escapeHtml(text)}</p><div class="gallery">${figures.join("")}</div>`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function percent(part: number): string {
  return Number.isNaN(part) ? "none" : `${(100 * part).toFixed(1)}%`;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 1180px; margin: auto; padding: 1.5rem; }
svg { width: 100%; height: auto; font-size: 12px; fill: currentColor; }
svg .title { font-weight: 600; font-size: 14px; }
svg .grid { stroke: var(--line); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 1rem; }
.figures span { display: inline-block; margin-right: 2rem; } .figures b { font-size: 1.6rem; }
table { border-collapse: collapse; } th, td { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; }
.numbers td { text-align: right; font-variant-numeric: tabular-nums; }
.confusion td { text-align: center; min-width: 2rem; border: 1px solid var(--line); } .wide { overflow-x: auto; }
.tilted { height: 7rem; vertical-align: bottom; padding: 0.2rem; } .tilted span { writing-mode: vertical-rl; transform: rotate(180deg); }
.gallery { display: flex; flex-wrap: wrap; gap: 0.8rem; } figure { margin: 0; } figcaption { font-size: 0.8rem; max-width: 14rem; }
img { image-rendering: pixelated; border: 1px solid var(--line); } pre { overflow-x: auto; font-size: 0.75rem; }
`;
