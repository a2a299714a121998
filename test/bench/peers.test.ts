import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { drawChart } from "../../bench/chart.ts";
import type { Machine } from "../../bench/machine.ts";
import { replaceTables } from "../../bench/markdown.ts";
import { contests } from "../../bench/peers/contests.ts";
import { FloatFiles } from "../../bench/peers/float-files.ts";
import { networkWork } from "../../bench/peers/network-work.ts";
import { type PeersReport, reportOf, tablesOf } from "../../bench/peers/report.ts";
import { readFloats } from "../../bench/peers/serve.ts";
import { hold, type Outcome, takeTurn } from "../../bench/peers/tournament.ts";
import { program } from "../../bench/peers/commands.ts";

const work = { kind: "kernel", name: "none" } as const;

function fake(manner: string) {
  const { program: node, args } = program("fake-peer.ts", import.meta.dirname);
  return { label: manner, command: { program: node, args: [...args, manner] }, work, threads: 1 };
}

const machine: Machine = {
  date: "2026-11-22",
  cpu: "a <fast> processor",
  cores: 2,
  memoryBytes: 1,
  node: "26.0.0",
  v8: "14.0",
  platform: "linux",
  arch: "x64",
  variant: "relaxed-shared",
  vectorBits: 256,
  threads: 2,
  gflops: 228,
  gigabytesPerSecond: 20,
};

function reportFrom(outcomes: readonly Outcome[]): PeersReport {
  const contest = contests.find(({ name }) => name === "alexnet-forward");
  assert.ok(contest);
  return { machine, contests: [reportOf(contest, outcomes, 0.5)] };
}

const outcomes: Outcome[] = [
  { label: "Millrace", version: "1", how: "", seconds: [0.1, 0.1, 0.1], peakBytes: 5 },
  { label: "PyTorch", version: "2", how: "eager", seconds: [0.2, 0.3, 0.2], peakBytes: 5 },
  { label: "ONNX Runtime", reason: "it is not installed" },
];

describe("bench/peers", () => {
  test("who agrees is timed; everybody else is named with a reason", async () => {
    const manners = ["honest", "wrong", "unable", "dying", "fainting", "boasting"];
    const missing = {
      ...fake("missing"),
      command: { program: join(import.meta.dirname, "no-such-program"), args: [] },
    };
    const held = await hold([...manners.map(fake), missing], { rounds: 3, warmUps: 1 });
    const reasons = Object.fromEntries(
      held.map((o) => [o.label, "reason" in o ? o.reason : `${o.seconds.length} rounds`]),
    );
    assert.equal(reasons["honest"], "3 rounds");
    assert.match(reasons["wrong"] ?? "", /does not agree with honest: result 1 is 2.5 instead of 2/);
    assert.equal(reasons["unable"], "it has no hands");
    assert.match(reasons["dying"] ?? "", /exit code 3/);
    assert.match(reasons["fainting"] ?? "", /exit code 4/);
    assert.match(reasons["boasting"] ?? "", /says 1000000 s, but answered after/);
    assert.match(reasons["missing"] ?? "", /ENOENT/);
  });

  test("a short work is done again until its turn is over, a long one once; the median counts", async () => {
    const turn = async (durations: readonly number[]) => {
      let repeats = 0;
      const seconds = await takeTurn(async () => durations[Math.min(repeats++, durations.length - 1)] ?? Number.NaN);
      return { seconds, repeats };
    };
    assert.deepEqual(await turn([0.06, 0.01, 0.02]), { seconds: 0.02, repeats: 4 });
    assert.deepEqual(await turn([0.3, 0.1]), { seconds: 0.3, repeats: 1 });
    assert.deepEqual(await turn([1e-6]), { seconds: 1e-6, repeats: 15 });
  });

  test("works come with files that hold what their shapes say", () => {
    using files = new FloatFiles();
    const { images, layers } = networkWork(files, { model: "alexnet", batch: 1, backward: false, imageSize: 64 });
    assert.equal(readFloats(images).length, 64 * 64 * 3);
    const [first] = layers;
    assert.ok(first?.kind === "conv");
    assert.deepEqual([first.weights.shape, first.stride, first.padding], [[11, 11, 3, 64], 4, [3, 4]]);
    assert.equal(readFloats(first.weights).length, 11 * 11 * 3 * 64);
  });

  test("ratios are against Millrace; memory is given only where it is compared", () => {
    const [contest] = reportFrom(outcomes).contests;
    assert.deepEqual(
      contest?.results.map(({ label, ratio, peakBytes }) => [label, ratio?.median ?? null, peakBytes]),
      [
        ["Millrace", null, null],
        ["PyTorch", 2, null],
      ],
    );
    assert.deepEqual(
      contest?.absent.map(({ label }) => label),
      ["ONNX Runtime", "jax-js"],
    );
  });

  test("a report says that the machine was not quiet, and comes through JSON as it is", () => {
    const report = reportFrom(outcomes);
    assert.match(tablesOf(report).join("\n"), /NOT QUIET: others used 50%/);
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  test("the chart has a bar for everybody timed, the document a table between its marks", () => {
    const report = reportFrom(outcomes);
    const svg = drawChart(report);
    assert.equal(svg.match(/<rect /g)?.length, 2);
    assert.match(svg, /a &lt;fast&gt; processor/);
    const document = "before\n<!-- bench:peers begins -->\nold\n<!-- bench:peers ends -->\nafter\n";
    const replaced = replaceTables(document, report);
    assert.match(replaced, /\| PyTorch 2 \| 0.200 \|/);
    assert.doesNotMatch(replaced, /old/);
    assert.equal(replaceTables(replaced, report), replaced);
    assert.throws(() => replaceTables("nothing", report), /no <!-- bench:peers begins/);
  });
});
