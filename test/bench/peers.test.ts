import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { drawChart } from "../../bench/chart.ts";
import type { Machine } from "../../bench/machine.ts";
import { replaceTables } from "../../bench/markdown.ts";
import { contests, peakEntry } from "../../bench/peers/contests.ts";
import { FloatFiles } from "../../bench/peers/float-files.ts";
import { networkWork } from "../../bench/peers/network-work.ts";
import { type PeersReport, reportOf, tablesOf } from "../../bench/peers/report.ts";
import { readFloats } from "../../bench/peers/serve.ts";
import { type Entry, hold, type Outcome, takeTurn } from "../../bench/peers/tournament.ts";
import type { Work } from "../../bench/peers/work.ts";
import { commandOf, program } from "../../bench/peers/commands.ts";

const kernelWork = { kind: "kernel", name: "none" } as const;

function fake(manner: string, work: Work = kernelWork): Entry {
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

function reportFrom(outcomes: readonly Outcome[], name = "alexnet-forward"): PeersReport {
  const contest = contests.find((candidate) => candidate.name === name);
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
    const held = await hold([...manners.map((manner) => fake(manner)), missing], { rounds: 3, warmUps: 1 });
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

  test("a limit of the machine takes its turns without results; only its work frees it from agreeing", async () => {
    const limit = { kind: "peak" } as const;
    const entries = [
      // In front: the peers behind it have to agree with each other all the same.
      fake("limit", limit),
      fake("honest"),
      fake("wrong"),
      { ...fake("limit"), label: "evasive" },
      { ...fake("honest", limit), label: "countless" },
    ];
    const [timed, honest, ...out] = await hold(entries, { rounds: 3, warmUps: 0 });
    assert.ok(timed !== undefined && "flops" in timed && honest !== undefined && "version" in honest);
    assert.deepEqual([timed.flops, timed.how, timed.seconds.length], [1e6, "at its limit", 3]);
    assert.equal(honest.seconds.length, 3);
    assert.deepEqual(
      out.map((outcome) => "reason" in outcome && outcome.reason),
      [
        "does not agree with honest: result 1 is 2.5 instead of 2",
        "gives no results to agree on",
        "does not count its operations",
      ],
    );
  });

  test("the machine's peak is timed beside a product, in one contest", async () => {
    using files = new FloatFiles();
    const [a, b] = [files.normal([64, 64], 1), files.normal([64, 64], 1)];
    const ours = {
      label: "Millrace",
      command: commandOf("Millrace"),
      work: { kind: "product", a, b },
      threads: 1,
    } as const;
    const [product, peak] = await hold([ours, peakEntry(1)], { rounds: 2, warmUps: 1 });
    assert.ok(product !== undefined && "version" in product, JSON.stringify(product));
    assert.ok(peak !== undefined && "flops" in peak, JSON.stringify(peak));
    assert.deepEqual([product.seconds.length, peak.seconds.length], [2, 2]);
    for (const seconds of peak.seconds) {
      const gflops: number = peak.flops / seconds / 1e9;
      assert.ok(gflops > 0.5 && gflops < 1000, `${gflops} GFLOP/s`);
    }
  });

  test("every turn begins after a pause", async () => {
    const rounds: number[] = [];
    const onProgress = (line: string): void => void (line.startsWith("round") && rounds.push(performance.now()));
    await hold([fake("honest"), fake("limit", { kind: "peak" })], {
      rounds: 2,
      warmUps: 0,
      pauseMilliseconds: 400,
      onProgress,
    });
    const [first = Number.NaN, second = Number.NaN] = rounds;
    // Timers may fire a moment early.
    assert.ok(second - first > 790, `${second - first} ms for two pauses of 400`);
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

  test("shares of the peak are taken round by round, so that a slow moment falls out", () => {
    // The contest's 2 * 1024^3 operations are half of the loop's: half of its time is what they take at the peak.
    const limit = {
      label: "the machine's peak",
      how: "a loop",
      flops: 4 * 1024 ** 3,
      seconds: [1 / 32, 1 / 16, 1 / 32],
    };
    const ours = { label: "Millrace", version: "1", how: "", seconds: [1 / 32, 1 / 16, 1 / 32], peakBytes: 5 };
    const theirs = { label: "PyTorch", version: "2", how: "", seconds: [1 / 16, 1 / 16, 1 / 8], peakBytes: 5 };
    const report = reportFrom([ours, limit, theirs], "matmul-1024");
    const [contest] = report.contests;
    assert.deepEqual(
      contest?.results.map(({ label, ofPeak }) => [label, ofPeak]),
      [
        ["Millrace", { median: 0.5, low: 0.5, high: 0.5 }],
        ["PyTorch", { median: 0.25, low: 0.125, high: 0.5 }],
      ],
    );
    assert.equal(contest?.peak?.time.median, 1 / 64);
    assert.equal(contest?.peak?.gflops, (2 * 1024 ** 3 * 64) / 1e9);

    const text = tablesOf(report).join("\n");
    assert.match(text, /Millrace 1 .* 50% \(50%-50%\)/);
    assert.match(text, /PyTorch 2 .* 25% \(13%-50%\)/);
    assert.match(text, /the machine's peak +0\.0156 +0\.0156 +50% +137 +a loop/);
    const document = replaceTables("<!-- bench:peers begins --><!-- bench:peers ends -->", report);
    assert.match(document, /\| PyTorch 2 .* 25% \(13% to 50%\) \|/);
    assert.match(document, /\| the machine's peak \| 0\.0156 \| 0\.0156 \| 50% \| {2}\| 137 \| {2}\| a loop \|/);
    assert.equal(drawChart(report).match(/<rect /g)?.length, 2);
  });

  test("where the peak took no turns, shares are of the limit measured before and after", () => {
    const { peak, results } = reportFrom(outcomes).contests[0] ?? {};
    assert.equal(peak, null);
    assert.equal(results?.[0]?.ofPeak, null);
    // 32 images of AlexNet's convolutions in 0.1 s, of 228 GFLOP/s.
    const share = Math.round(((results?.[0]?.gflops ?? Number.NaN) / machine.gflops) * 100);
    assert.match(tablesOf(reportFrom(outcomes)).join("\n"), new RegExp(`Millrace 1 .* ${share}%$`, "m"));
  });

  test("a peak that failed is named with its reason, like everybody", () => {
    const [contest] = reportFrom(
      [...outcomes, { label: "the machine's peak", reason: "exit code 3" }],
      "matmul-1024",
    ).contests;
    assert.equal(contest?.peak, null);
    assert.equal(contest?.absent.at(-1)?.reason, "exit code 3");
    assert.equal(contest?.results[0]?.ofPeak, null);
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
