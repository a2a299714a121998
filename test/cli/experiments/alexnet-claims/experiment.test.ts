import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import * as tf from "millrace";
import { ARMS } from "../../../../cli/experiments/alexnet-claims/arms.ts";
import { type Config, configOf } from "../../../../cli/experiments/alexnet-claims/config.ts";
import { type ExperimentData, loadData } from "../../../../cli/experiments/alexnet-claims/data.ts";
import { runExperiment } from "../../../../cli/experiments/alexnet-claims/experiment.ts";
import { claimsPage } from "../../../../cli/experiments/alexnet-claims/page.ts";
import type { Results } from "../../../../cli/experiments/alexnet-claims/results-file.ts";
import { trainArm } from "../../../../cli/experiments/alexnet-claims/train-arm.ts";

/** As small as it gets: every part of it works, nothing is learned. */
const config: Config = {
  ...configOf({ data: null, imageSize: 16, images: 128, steps: 8, targetError: 0.25 }),
  validationImages: 20,
  testImages: 20,
  probeImages: 8,
  batchSize: 8,
  rates: [0.01, 0.02],
};

const temporary = mkdtempSync(join(tmpdir(), "millrace-claims-"));
const backend = tf.wasm({ threads: 1 });
let data: ExperimentData;
let whole: Buffer;

const quietly = { onProgress: (): void => {}, onBroken: (): void => {} };

before(async () => {
  data = await loadData(config, quietly);
});
after(() => rmSync(temporary, { recursive: true }));

function run(folder: string, more: object = {}): ReturnType<typeof runExperiment> {
  return runExperiment({ config, data, seeds: 1, out: join(temporary, folder), backend, ...more });
}

function claimsOf(folder: string): Buffer {
  return readFileSync(join(temporary, folder, "claims.json"));
}

describe("pairs", () => {
  test("arms of a seed get the same images and labels in the same order; another seed others", async () => {
    const seen = async (name: string, seed: number): Promise<{ images: string; labels: string }> => {
      const images = createHash("sha256");
      const labels: number[] = [];
      const arm = ARMS.find((other) => other.name === name)!;
      const planned = { purpose: "result", arm: arm.name, seed, learningRate: 0.01, steps: 4 } as const;
      const onBatch = (batch: tf.train.Batch): void => {
        images.update(batch.images);
        labels.push(...batch.labels);
      };
      await trainArm(arm, planned, { config, data, backend, onBatch });
      assert.equal(labels.length, 4 * config.batchSize);
      return { images: images.digest("hex"), labels: labels.join() };
    };
    const base = await seen("base", 0);
    for (const name of ["sigmoid", "dropout", "batch normalization"]) assert.deepEqual(await seen(name, 0), base);
    const plain = await seen("no augmentation", 0);
    assert.equal(plain.labels, base.labels);
    assert.notEqual(plain.images, base.images);
    assert.notEqual((await seen("base", 1)).labels, base.labels);
  });
});

describe("runExperiment", () => {
  test("keeps every run, with its curve, and judges", async () => {
    const lines: string[] = [];
    const { results, isWhole } = await run("whole", {
      onRun: (record: { arm: string }, { runsBefore, runs }: { runsBefore: number; runs: number }) =>
        lines.push(`${runsBefore}/${runs} ${record.arm}`),
    });
    whole = claimsOf("whole");
    assert.equal(isWhole, true);
    assert.equal(lines.length, 7 * 2 + 12);
    assert.equal(lines.at(-1), "26/26 no augmentation, all images");
    assert.deepEqual(readdirSync(join(temporary, "whole")), ["claims.json"]);
    assert.deepEqual(JSON.parse(whole.toString()), JSON.parse(JSON.stringify(results)));
  });

  test("claims.json is what its documentation says", () => {
    const results = JSON.parse(whole.toString()) as Results;
    assert.deepEqual(Object.keys(results), [
      "format",
      "version",
      "config",
      "data",
      "arms",
      "runs",
      "summaries",
      "findings",
    ]);
    assert.equal(results.format, "millrace-alexnet-claims");
    assert.deepEqual(results.config, config);
    assert.match(results.data.sha256, /^[\da-f]{64}$/);
    assert.deepEqual([results.data.train, results.data.validation, results.data.test], [128, 20, 20]);
    for (const { purpose, points, learningRate, diverged } of results.runs) {
      assert.equal(diverged, false);
      assert.ok(config.rates.includes(learningRate));
      const steps = points.map(({ step }) => step);
      assert.deepEqual(steps, purpose === "trial" ? [1, 2, 3, 4] : [1, 2, 3, 4, 5, 6, 7, 8]);
      for (const { trainError, trainLoss, heldOutError, heldOutLoss } of points) {
        for (const error of [trainError, heldOutError]) assert.ok(error >= 0 && error <= 1);
        for (const loss of [trainLoss, heldOutLoss]) assert.ok(loss > 0 && loss < 100);
      }
    }
    assert.equal(results.summaries.length, ARMS.length);
    assert.equal(results.findings.length, 16);
    for (const { verdict, differences, why } of results.findings) {
      assert.equal(verdict, "undecided");
      assert.equal(differences.length, 1);
      assert.notEqual(why, "");
    }
  });

  // In the middle of a trial, in the middle of a curve's stretch, at the end of a run, between runs.
  for (const stopAt of [2, 7, 60, 59 + 5, 4 * 14 + 8 * 3 + 1]) {
    test(`stopped after ${stopAt} steps and called again, it writes the same bytes`, async () => {
      const folder = `stopped-${stopAt}`;
      const controller = new AbortController();
      let steps = 0;
      const { isWhole } = await run(folder, {
        signal: controller.signal,
        onStep: () => {
          if (++steps === stopAt) controller.abort();
        },
      });
      assert.equal(isWhole, false);
      assert.equal(steps, stopAt, "the step under way was the last");
      let again = 0;
      const { isWhole: isDone } = await run(folder, { onStep: () => again++ });
      assert.equal(isDone, true);
      assert.equal(stopAt + again, 4 * 14 + 8 * 12, "no step was done twice");
      assert.ok(claimsOf(folder).equals(whole));
      assert.deepEqual(readdirSync(join(temporary, folder)), ["claims.json"]);
    });
  }

  test("a killed run begins anew, and comes to the same", async () => {
    const folder = "killed";
    const results = JSON.parse(whole.toString()) as Results;
    await run(folder, { signal: AbortSignal.abort() });
    writeFileSync(
      join(temporary, folder, "claims.json"),
      JSON.stringify({ ...results, runs: results.runs.slice(0, 20), findings: [], summaries: [] }),
    );
    writeFileSync(join(temporary, folder, "unfinished.safetensors"), "cut short");
    await run(folder);
    assert.ok(claimsOf(folder).equals(whole));
  });

  test("more seeds are added to those that are there", async () => {
    writeFileSync(join(temporary, "more.json"), whole);
    await run("more", { signal: AbortSignal.abort() });
    writeFileSync(join(temporary, "more", "claims.json"), whole);
    let runs = 0;
    const { results } = await run("more", { seeds: 2, onRun: () => runs++ });
    assert.equal(runs, ARMS.length);
    assert.deepEqual(results.runs.slice(0, 26), (JSON.parse(whole.toString()) as Results).runs);
    assert.equal(results.findings[0]!.differences.length, 2);
  });

  test("other settings, other images and other files are refused", async () => {
    const other = { ...config, steps: 16 };
    await assert.rejects(run("whole", { config: other }), (error: Error) => {
      assert.ok(error instanceof tf.ValueError);
      assert.match(error.message, /other settings or images/);
      assert.match(error.message, /steps +8 +now 16/);
      return true;
    });
    // The target is only read off the curves.
    await run("whole", { config: { ...config, targetError: 0.9 } });
    assert.equal((JSON.parse(claimsOf("whole").toString()) as Results).config.targetError, 0.9);
    await assert.rejects(run("whole", { data: { ...data, sha256: "0" } }), /images +"[\da-f]{64}" +now "0"/);
    await run("foreign", { signal: AbortSignal.abort() });
    for (const text of ["", "{", "null", "[]", '{"format":"millrace-alexnet-claims","version":2}']) {
      writeFileSync(join(temporary, "foreign", "claims.json"), text);
      await assert.rejects(run("foreign"), tf.FormatError);
    }
  });

  test("a loss that is no number is a result, not the end", async () => {
    const arm = ARMS[0]!;
    const planned = { purpose: "result", arm: arm.name, seed: 0, learningRate: 1e30, steps: 8 } as const;
    const record = await trainArm(arm, planned, { config: { ...config, clipNorm: 1e30 }, data, backend });
    assert.equal(record?.diverged, true);
    assert.ok(record.points.length < 8);
  });
});

describe("claims.html", () => {
  test("needs nothing from elsewhere, and names every statement and network", () => {
    const results = JSON.parse(whole.toString()) as Results;
    const html = claimsPage(results);
    assert.doesNotMatch(html, /<script|<link|<img|url\(|@import|(src|href)="(?!#)|NaN|undefined<|Infinity/);
    for (const { statement } of results.findings) assert.ok(html.includes(statement), statement);
    for (const { name } of ARMS) assert.ok(html.includes(`<th scope="row">${name}</th>`), name);
    assert.equal(html.match(/<svg viewBox="0 0 560/g)?.length, 12);
  });

  test("is a page when nothing is done yet, and text stays text", async () => {
    const { results } = await run("nothing", { signal: AbortSignal.abort() });
    const html = claimsPage({ ...results, config: { ...config, data: "/photos/<script>&" } });
    assert.match(html, /\/photos\/&lt;script&gt;&amp;/);
    assert.doesNotMatch(html, /<script|NaN|Infinity/);
  });
});
