import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type ArmName, ARMS, TUNED, tunedArmOf } from "../../../../cli/experiments/alexnet-claims/arms.ts";
import { type Finding, judge, type StatementId, summarize } from "../../../../cli/experiments/alexnet-claims/claims.ts";
import { configOf } from "../../../../cli/experiments/alexnet-claims/config.ts";
import { chosenRate } from "../../../../cli/experiments/alexnet-claims/experiment.ts";
import { finalError, type RunRecord, stepsToTarget } from "../../../../cli/experiments/alexnet-claims/records.ts";

const config = configOf({ data: null, imageSize: 32, images: 6000, steps: 800, targetError: 0.25 });

/** A run whose training error falls in a straight line to `train`, and that ends with this test error. */
function runOf(arm: ArmName, seed: number, train: number, heldOutError: number): RunRecord {
  const points = Array.from({ length: 8 }, (_, index) => ({
    step: 100 * (index + 1),
    trainError: 0.9 + ((train - 0.9) * (index + 1)) / 8,
    trainLoss: 1,
    heldOutError,
    heldOutLoss: 1,
  }));
  return { purpose: "result", arm, seed, learningRate: 0.03, diverged: false, points };
}

/** Four seeds of all arms alike, but for those that are planted. */
function planted(of: Partial<Record<ArmName, (seed: number) => { train?: number; test?: number }>>): RunRecord[] {
  return [0, 1, 2, 3].flatMap((seed) =>
    ARMS.map(({ name }) => {
      const { train = 0.1, test: error = 0.4 } = of[name]?.(seed) ?? {};
      return runOf(name, seed, train, error);
    }),
  );
}

function findingOf(records: readonly RunRecord[], id: StatementId): Finding {
  return judge(records, config, 10).find((finding) => finding.id === id)!;
}

describe("judge", () => {
  test("a planted gain holds, with its size", () => {
    const found = findingOf(
      planted({ "no normalization": (seed) => ({ test: 0.45 + 0.002 * seed }) }),
      "lrn-better-than-none",
    );
    assert.equal(found.verdict, "holds");
    assert.ok(Math.abs(found.effect!.mean - 0.053) < 1e-9);
    assert.match(found.why, /Large activations quiet their neighbours/);
  });

  test("a planted loss does not hold", () => {
    const found = findingOf(
      planted({ dropout: (seed) => ({ train: 0.5, test: 0.6 + 0.01 * seed }) }),
      "dropout-better",
    );
    assert.equal(found.verdict, "does not hold");
    assert.ok(found.effect!.mean < 0);
    assert.match(found.why, /With dropout the training error ends at 50\.0%, without at 10\.0%/);
  });

  test("no difference at all is no gain", () => {
    assert.equal(findingOf(planted({}), "lrn-better-than-none").verdict, "does not hold");
  });

  test("planted scatter is undecided, and says how many seeds might do", () => {
    const found = findingOf(
      planted({ "no augmentation": (seed) => ({ test: 0.42 + (seed % 2 === 0 ? 0.05 : -0.05) }) }),
      "augmentation-better",
    );
    assert.equal(found.verdict, "undecided");
    assert.match(found.why, /about \d+ would decide/);
  });

  test("half the steps are twice as fast; a run that never arrives counts with its last step", () => {
    // From 0.9 in a straight line over 800 steps: to 0.1 it passes 0.25 at step 650.
    const arrives = findingOf(
      planted({ base: () => ({ train: 0.1 }), tanh: () => ({ train: 0.24 }) }),
      "relu-faster-than-tanh",
    );
    assert.ok(Math.abs(2 ** arrives.effect!.mean - (800 * (0.65 / 0.66)) / 650) < 1e-9);
    assert.equal(arrives.verdict, "holds");
    const never = findingOf(planted({ sigmoid: () => ({ train: 0.9 }) }), "relu-faster-than-sigmoid");
    assert.ok(Math.abs(2 ** never.effect!.mean - 800 / 650) < 1e-9);
    assert.equal(never.verdict, "holds");
    assert.deepEqual([arrives.bound, never.bound], [null, "at least"]);
  });

  test("where neither arrives nothing is said", () => {
    const slow = (): { train: number } => ({ train: 0.6 });
    const found = findingOf(planted({ base: slow, sigmoid: slow }), "relu-faster-than-sigmoid");
    assert.equal(found.verdict, "undecided");
    assert.match(found.why, /base: 0 of 4, sigmoid: 0 of 4/);
    const half = (seed: number): { train: number } => ({ train: seed < 2 ? 0.6 : 0.1 });
    assert.equal(findingOf(planted({ base: half, sigmoid: half }), "relu-faster-than-sigmoid").verdict, "undecided");
  });

  test("seeds that are not complete, and trials, do not count", () => {
    const all = planted({ "no normalization": () => ({ test: 0.5 }) });
    const trial: RunRecord = { ...runOf("base", 1_000_000, 0.1, 0.9), purpose: "trial" };
    const found = findingOf([trial, ...all.slice(0, 2 * ARMS.length + 3)], "lrn-better-than-none");
    assert.equal(found.differences.length, 2);
    assert.equal(
      judge([], config, 10).every(({ verdict }) => verdict === "undecided"),
      true,
    );
    assert.match(judge([], config, 10)[0]!.why, /not all done/);
  });

  test("one seed is undecided whatever it says", () => {
    const one = planted({ sigmoid: () => ({ test: 0.9 }) }).filter(({ seed }) => seed === 0);
    const found = findingOf(one, "relu-better-than-sigmoid");
    assert.equal(found.verdict, "undecided");
    assert.match(found.why, /--seeds 2 or more/);
  });

  test("a run that diverged is as good as chance", () => {
    const diverged = { ...runOf("sigmoid", 0, 0.1, 0.2), diverged: true };
    assert.equal(finalError(diverged, 10), 0.9);
    const [summary] = summarize([diverged], config, 10);
    assert.equal(summary!.diverged, 1);
    assert.equal(summary!.testError.mean, 0.9);
  });
});

describe("stepsToTarget", () => {
  const base = runOf("base", 0, 0.1, 0.4);
  test("is read off the curve between its points", () =>
    assert.equal(stepsToTarget(base, 0.25, 10)!.toFixed(6), "650.000000"));
  test("a target that is never reached", () => assert.equal(stepsToTarget(base, 0.05, 10), null));
  test("a target that chance reaches", () => assert.equal(stepsToTarget(base, 0.95, 10), 0));
});

describe("arms", () => {
  test("every arm differs from the base in one part at most, beside how many images it sees", () => {
    const [base] = ARMS;
    for (const arm of ARMS) {
      const parts = ["activation", "normalization", "dropout", "augmentation"] as const;
      assert.ok(parts.filter((part) => arm[part] !== base![part]).length <= 1, arm.name);
    }
    assert.equal(new Set(ARMS.map(({ name }) => name)).size, ARMS.length);
  });

  test("every arm has the rate of the trial with the lowest loss of its own network", () => {
    const trial = (arm: ArmName, learningRate: number, heldOutLoss: number, diverged = false): RunRecord => {
      const record = runOf(arm, 1_000_000, 0.1, 0.4);
      const points = record.points.map((point) => ({ ...point, heldOutLoss }));
      return { ...record, purpose: "trial", learningRate, points, diverged };
    };
    const records = TUNED.flatMap(({ name }) => [
      trial(name, 0.01, name === "dropout" ? 1 : 2),
      trial(name, 0.03, 1.5),
      trial(name, 0.1, 0.5, true),
    ]);
    for (const arm of ARMS) {
      assert.equal(chosenRate(arm, records), arm.dropout ? 0.01 : 0.03, arm.name);
      assert.ok(TUNED.includes(tunedArmOf(arm)));
    }
  });
});
