import { escapeHtml } from "millrace/node";
import { formatAmount, formatCount, percent } from "../../terminal/format.ts";
import { intervalStrip, spreadChart, type SpreadCurve } from "../charts.ts";
import { meanOf } from "../paired-effect.ts";
import type { ArmName } from "./arms.ts";
import type { ArmSummary, ClaimName, Finding, Spread } from "./claims.ts";
import { CLAIMS, effectText, intervalText } from "./findings-table.ts";
import type { Point, RunRecord } from "./records.ts";
import type { Results } from "./results-file.ts";

type CurveOf = keyof Pick<Point, "trainError" | "heldOutError">;

interface ClaimChart {
  readonly title: string;
  readonly of: CurveOf;
  readonly arms: readonly ArmName[];
  readonly hasTarget?: boolean;
}

const FEW = ["base, few images", "no augmentation, few images"] as const;
const ALL = ["base, all images", "no augmentation, all images"] as const;

const CHARTS: Readonly<Record<ClaimName, readonly ClaimChart[]>> = {
  relu: [
    { title: "Training error", of: "trainError", arms: ["base", "tanh", "sigmoid"], hasTarget: true },
    { title: "Test error", of: "heldOutError", arms: ["base", "tanh", "sigmoid"] },
  ],
  dropout: [
    { title: "Training error", of: "trainError", arms: ["base", "dropout"], hasTarget: true },
    { title: "Test error", of: "heldOutError", arms: ["base", "dropout"] },
    { title: "Training error, few images", of: "trainError", arms: ["base, few images", "dropout, few images"] },
    { title: "Test error, few images", of: "heldOutError", arms: ["base, few images", "dropout, few images"] },
  ],
  normalization: [
    { title: "Training error", of: "trainError", arms: ["base", "no normalization", "batch normalization"] },
    { title: "Test error", of: "heldOutError", arms: ["base", "no normalization", "batch normalization"] },
  ],
  augmentation: [
    { title: "Test error, few images", of: "heldOutError", arms: FEW },
    { title: "Test error", of: "heldOutError", arms: ["base", "no augmentation"] },
    { title: "Test error, all images", of: "heldOutError", arms: ALL },
    { title: "Training error, few images", of: "trainError", arms: FEW },
  ],
};

/** What arms are called in a legend. */
const LABELS: Partial<Readonly<Record<ArmName, string>>> = {
  base: "base (relu, LRN, augmentation)",
  "base, few images": "base",
  "base, all images": "base",
  "no augmentation, few images": "no augmentation",
  "no augmentation, all images": "no augmentation",
  "dropout, few images": "with dropout",
  dropout: "with dropout",
};

/** `claims.html`: one file that needs no other. */
export function claimsPage(results: Results): string {
  const { config, data, findings, runs } = results;
  const seeds = new Set(runs.filter(({ purpose }) => purpose === "result").map(({ seed }) => seed)).size;
  const title = "AlexNet's claims, measured";
  const [few, some, all] = config.sizes.map(formatCount);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
<main>
<h1>${title}</h1>
<p>Small networks that differ in one part, trained on ${config.data === null ? "generated shapes" : escapeHtml(config.data)}
(${data.classes.length} classes, ${config.imageSize} x ${config.imageSize}): ${few}, ${some} or ${all} images to train on,
${formatCount(data.test)} to test with, ${formatCount(config.steps)} steps of ${config.batchSize} images, ${seeds} seeds.
The claims are those of Krizhevsky, Sutskever and Hinton, <em>ImageNet classification with deep convolutional neural
networks</em>, 2012.</p>
${summaryTable(findings)}
${CLAIMS.map(({ name, title: heading, paper }) => claimSection(results, name, heading, paper)).join("\n")}
<h2>All networks</h2>
<p>Mean and standard deviation over seeds, after the last step. Training error is of ${formatCount(config.probeImages)} images
that were trained on, as they are, without dropout. Steps are those to a training error of
${percent(config.targetError)}, of the runs that came to it.</p>
${armTable(results)}
<h2>How it was measured</h2>
${METHOD}
<p>Chosen rates and their trials (validation loss after ${formatCount(config.tuningSteps)} steps, seed of their own):</p>
${trialTable(results)}
<details><summary>Settings</summary><table>${Object.entries(config)
    .map(([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(textOf(value))}</td></tr>`)
    .join("")}<tr><th scope="row">images, SHA-256</th><td>${data.sha256}</td></tr></table></details>
</main>
</html>
`;
}

const METHOD = `<p>Each seed gives a matched set of runs: the same images, in the same batches, and the same draws of weights
wherever two networks have the same layer (scaled to what the activation needs). What is judged are the differences within
seeds: their mean, and Student's 95% interval, which supposes that they scatter about normally. A statement <em>holds</em> when
the whole interval is on its side of zero. It <em>does not hold</em> when the interval leaves no room for a gain that matters
(one point of error; a tenth of the steps). Else it is <em>undecided</em>. Of twenty such intervals about one is expected to miss
the truth. Every network has a learning rate of its own, the best of the same few by validation images; those that see few or
all images have the rate that was best with some. The test images decide nothing.</p>
<p>The network has three convolutions (24 filters of 5x5 at stride 2, 32 of 5x5, 48 of 3x3), an overlapping max pool after each,
256 fully connected units, and the classes; LRN after the first two, dropout of half of the 256. Momentum 0.9 and weight decay
0.0005 as in the paper; the rate rises for a fiftieth of the steps and falls along a cosine; gradients are clipped at norm 5.
Augmentation is the paper's: random crops, mirror images, colours moved along their principal axes. Unlike the paper's network,
the base has no dropout: with it learning is so slow that little else would be seen in minutes. A run that never comes to the
target counts as if it had with its last step, so that ratios of steps are then at least what is said.</p>`;

function summaryTable(findings: readonly Finding[]): string {
  const rows = CLAIMS.map(({ name, title }) => {
    const own = findings.filter(({ claim }) => claim === name);
    const cells = (["holds", "does not hold", "undecided"] as const).map((verdict) => {
      const statements = own.filter((finding) => finding.verdict === verdict);
      const items = statements.map(
        (finding) =>
          `<li>${escapeHtml(finding.statement)} <span class="effect">${escapeHtml(effectText(finding))}</span></li>`,
      );
      return `<td>${items.length === 0 ? "" : `<ul>${items.join("")}</ul>`}</td>`;
    });
    return `<tr><th scope="row"><a href="#${name}">${escapeHtml(title)}</a></th>${cells.join("")}</tr>`;
  });
  const heads = ["holds", "does not hold", "undecided"].map(
    (verdict) => `<th><span class="verdict ${verdict.replaceAll(" ", "-")}">${verdict}</span></th>`,
  );
  return `<table class="summary"><tr><th>on this data</th>${heads.join("")}</tr>${rows.join("")}</table>`;
}

function claimSection(results: Results, name: ClaimName, title: string, paper: string): string {
  const findings = results.findings.filter(({ claim }) => claim === name);
  const charts = CHARTS[name].map(({ title: heading, of, arms, hasTarget }) =>
    spreadChart({
      title: heading,
      xTitle: "step",
      curves: arms.map((arm) => curveOf(results.runs, arm, of)),
      ...(hasTarget === true ? { mark: { y: results.config.targetError, name: "target" } } : {}),
    }),
  );
  return `<section id="${name}"><h2>${escapeHtml(title)}</h2>
<p class="paper">${escapeHtml(paper)}</p>
${findingTable(findings)}
<div class="charts">${charts.join("\n")}</div></section>`;
}

/** Mean of the runs of all seeds at every point, and how far they lie apart. */
function curveOf(runs: readonly RunRecord[], arm: ArmName, of: CurveOf): SpreadCurve {
  const own = runs.filter((run) => run.purpose === "result" && run.arm === arm);
  const steps = [...new Set(own.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  const points = steps.map((step) => {
    const values = own.flatMap(({ points: all }) =>
      all.filter((point) => point.step === step).map((point) => point[of]),
    );
    return { x: step, mean: meanOf(values), low: Math.min(...values), high: Math.max(...values) };
  });
  return { name: LABELS[arm] ?? arm, points };
}

function findingTable(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    const { effect, verdict, statement, why, differences } = finding;
    const reach = Math.max(
      ...findings
        .filter(({ unit }) => unit === finding.unit)
        .flatMap(({ effect: other }) => [Math.abs(other?.interval?.[0] ?? 0), Math.abs(other?.interval?.[1] ?? 0)]),
      finding.worthwhile,
    );
    const dots = differences.filter((difference) => difference !== null);
    const strip =
      effect === null || effect.interval === null
        ? ""
        : intervalStrip({ mean: effect.mean, interval: effect.interval, verdict, dots }, reach);
    return (
      `<tr><td><span class="verdict ${verdict.replaceAll(" ", "-")}">${verdict}</span></td>` +
      `<td>${escapeHtml(statement)}<p class="why">${escapeHtml(why)}</p></td>` +
      `<td class="number">${escapeHtml(effectText(finding))}<br><small>${escapeHtml(intervalText(finding))}</small></td>` +
      `<td>${strip}</td></tr>`
    );
  });
  return `<table class="findings"><tr><th>verdict</th><th>statement, and why that may be</th><th>effect<br><small>95% interval</small></th><th><small>against it | as claimed</small></th></tr>${rows.join("")}</table>`;
}

function armTable({ summaries }: Results): string {
  const rows = summaries.map(
    ({ arm, learningRate, runs, diverged, testError, trainError, stepsToTarget, reached }: ArmSummary) =>
      `<tr><th scope="row">${escapeHtml(arm)}</th><td>${learningRate}</td><td>${runs}${diverged > 0 ? ` (${diverged} diverged)` : ""}</td>` +
      `<td>${spread(testError)}</td><td>${spread(trainError)}</td>` +
      `<td>${stepsToTarget === null ? "never" : `${formatCount(Math.round(stepsToTarget.mean))} ± ${formatCount(Math.round(stepsToTarget.deviation))}${reached < runs ? ` (${reached} of ${runs})` : ""}`}</td></tr>`,
  );
  return `<div class="wide"><table class="numbers"><tr><th>network</th><th>rate</th><th>runs</th><th>test error</th><th>training error</th><th>steps to the target</th></tr>${rows.join("")}</table></div>`;
}

function trialTable({ runs, config }: Results): string {
  const trials = runs.filter(({ purpose }) => purpose === "trial");
  const arms = [...new Set(trials.map(({ arm }) => arm))];
  const rows = arms.map((arm) => {
    const own = trials.filter((trial) => trial.arm === arm);
    const losses = config.rates.map(
      (rate) => own.find(({ learningRate }) => learningRate === rate)?.points.at(-1)?.heldOutLoss,
    );
    const best = Math.min(...losses.map((loss) => loss ?? Number.POSITIVE_INFINITY));
    const cells = losses.map((loss) =>
      loss === undefined
        ? "<td>diverged</td>"
        : `<td>${loss === best ? `<b>${formatAmount(loss)}</b>` : formatAmount(loss)}</td>`,
    );
    return `<tr><th scope="row">${escapeHtml(arm)}</th>${cells.join("")}</tr>`;
  });
  return `<table class="numbers"><tr><th>network</th>${config.rates.map((rate) => `<th>${rate}</th>`).join("")}</tr>${rows.join("")}</table>`;
}

function spread({ mean, deviation }: Spread): string {
  return `${percent(mean)} ± ${(100 * deviation).toFixed(1)}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --holds: #009e73; --against: #d55e00; --open: #888; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 1180px; margin: auto; padding: 1.5rem; }
h2 { margin-top: 2.5rem; } a { color: inherit; }
svg { width: 100%; height: auto; font-size: 12px; fill: currentColor; }
svg .title { font-weight: 600; font-size: 14px; } svg .grid { stroke: var(--line); }
svg .mark { stroke: currentColor; stroke-dasharray: 4 4; opacity: 0.6; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 1rem; margin-top: 1rem; }
table { border-collapse: collapse; } th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.summary, .findings { width: 100%; } .summary ul { margin: 0; padding-left: 1.1rem; } .summary td { width: 28%; font-size: 0.9rem; }
.findings td:first-child { white-space: nowrap; } .findings td:last-child { width: 260px; }
.number, .numbers td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .wide { overflow-x: auto; }
.effect { white-space: nowrap; font-weight: 600; } .why, .paper { color: color-mix(in srgb, currentColor 72%, transparent); margin: 0.2rem 0 0; font-size: 0.9rem; }
.paper { margin: 0 0 0.8rem; font-size: 1rem; }
.verdict { border-radius: 1rem; padding: 0.05rem 0.6rem; color: #fff; font-size: 0.85rem; white-space: nowrap; }
.verdict.holds { background: var(--holds); } .verdict.does-not-hold { background: var(--against); } .verdict.undecided { background: var(--open); }
.strip { width: 260px; } .strip g line { stroke-width: 3; } .strip .pair { opacity: 0.5; }
.strip .holds { stroke: var(--holds); fill: var(--holds); } .strip .does-not-hold { stroke: var(--against); fill: var(--against); }
.strip .undecided { stroke: var(--open); fill: var(--open); } .strip circle { stroke: none; }
`;
