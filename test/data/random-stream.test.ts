import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RandomStream } from "../../src/data/random-stream.ts";

function moments(draw: () => number, count = 20_000): { mean: number; variance: number } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count };
}

function assertNear(actual: number, expected: number, allowed: number): void {
  assert.ok(Math.abs(actual - expected) < allowed, `${actual} is not ${expected}`);
}

describe("RandomStream", () => {
  test("depends on seed, purpose, epoch and index, and on nothing else", () => {
    const word = (seed: number, purpose: "transform" | "mix", index: number, epoch: number): number =>
      new RandomStream(seed, purpose, { index, epoch }).word();
    assert.equal(word(1, "mix", 2, 3), word(1, "mix", 2, 3));
    const words = [
      word(1, "mix", 2, 3),
      word(2, "mix", 2, 3),
      word(1, "transform", 2, 3),
      word(1, "mix", 3, 3),
      word(1, "mix", 2, 4),
      word(1 + 2 ** 32, "mix", 2, 3),
    ];
    assert.equal(new Set(words).size, words.length);
  });

  test("distributions have their mean and variance", () => {
    const random = new RandomStream(3, "user");
    const normal = moments(() => random.normal());
    assertNear(normal.mean, 0, 0.03);
    assertNear(normal.variance, 1, 0.05);
    for (const shape of [0.2, 1, 4.5]) {
      const gamma = moments(() => random.gamma(shape));
      assertNear(gamma.mean, shape, 0.06);
      assertNear(gamma.variance, shape, 0.15 * Math.max(shape, 1));
    }
    const beta = moments(() => random.beta(2, 3));
    assertNear(beta.mean, 0.4, 0.01);
    assertNear(beta.variance, 0.04, 0.004);
  });

  test("a permutation has every number once, and every first number is as likely", () => {
    const counts = [0, 0, 0, 0, 0];
    for (let epoch = 0; epoch < 2000; epoch++) {
      const order = new RandomStream(0, "shuffle", { epoch }).permutation(5);
      assert.deepEqual(
        [...order].sort((a, b) => a - b),
        [0, 1, 2, 3, 4],
      );
      counts[order[0]!] = counts[order[0]!]! + 1;
    }
    for (const count of counts) assertNear(count, 400, 80);
  });
});
