import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderReport, type ReportContent } from "../../src/node/report.ts";
import { lineChart } from "../../src/node/report-charts.ts";
import { MetricsCounter } from "../../src/train/metrics.ts";

function contentOf(classes: readonly string[]): ReportContent {
  const counter = new MetricsCounter(classes.length);
  for (const label of classes.keys()) {
    counter.add(
      classes.map((_, index) => (index === 0 ? 0.9 : 0.1)),
      label,
    );
  }
  return {
    title: "alexnet on photos",
    summary: "finished",
    settings: { seed: 1, freeze: ["conv*"] },
    charts: [
      {
        title: "Loss",
        xTitle: "step",
        curves: [
          {
            name: "training",
            points: [
              [1, 2],
              [2, 1],
            ],
          },
        ],
      },
    ],
    part: "test",
    metrics: counter.result(),
    classes,
    galleries: [
      { title: "Mistakes", text: "", height: 10, pictures: [{ png: Uint8Array.of(137, 80), caption: "a <b>" }] },
    ],
    plan: "Conv2D <conv1>",
  };
}

describe("report", () => {
  test("everything is inside, and names of classes are text, whatever is in them", () => {
    const html = renderReport(contentOf(["cat", "<script>alert(1)</script>", '"quoted" & more']));
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script&gt;/);
    assert.match(html, /&quot;quoted&quot; &amp; more/);
    assert.match(html, /src="data:image\/png;base64,iVA="/);
    assert.doesNotMatch(html, /(src|href)="(?!data:)/);
    assert.match(html, /<b>33\.3%<\/b> top-1/);
  });

  test("of many classes the commonest confusions are listed", () => {
    const html = renderReport(contentOf(Array.from({ length: 100 }, (_, index) => `class ${index}`)));
    assert.doesNotMatch(html, /class="confusion"/);
    assert.match(html, /<td>class 1<\/td><td>class 0<\/td><td>1<\/td>/);
  });
});

describe("lineChart", () => {
  test("a single value, equal values and gaps draw", () => {
    for (const points of [
      [[1, 1]],
      [
        [1, 2],
        [2, 2],
      ],
      [
        [1, Number.NaN],
        [2, 3],
      ],
    ] as [number, number][][]) {
      const svg = lineChart({ title: "t", xTitle: "x", curves: [{ name: "n", points }] });
      assert.match(svg, /^<svg/);
      assert.doesNotMatch(svg, /NaN|Infinity/);
    }
  });

  test("nothing to draw is nothing", () => assert.equal(lineChart({ title: "t", xTitle: "x", curves: [] }), ""));

  test("a hundred thousand points stay a small file", () => {
    const points = Array.from({ length: 100_000 }, (_, index) => [index, Math.sin(index / 1000)] as const);
    assert.ok(lineChart({ title: "t", xTitle: "x", curves: [{ name: "n", points }] }).length < 20_000);
  });
});
