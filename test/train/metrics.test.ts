import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MetricsCounter, probabilitiesOf } from "../../src/train/metrics.ts";

describe("metrics", () => {
  test("counts by hand", () => {
    const counter = new MetricsCounter(3);
    counter.add([0.7, 0.2, 0.1], 0);
    counter.add([0.6, 0.3, 0.1], 1);
    counter.add([0.1, 0.8, 0.1], 1);
    counter.add([0.2, 0.5, 0.3], 1);
    const { count, loss, accuracy, top5, classes, confusion } = counter.result();
    assert.deepEqual([count, accuracy, top5], [4, 0.75, 1]);
    assert.ok(Math.abs(loss + (Math.log(0.7) + Math.log(0.3) + Math.log(0.8) + Math.log(0.5)) / 4) < 1e-12);
    assert.deepEqual(confusion, [
      [1, 0, 0],
      [1, 2, 0],
      [0, 0, 0],
    ]);
    assert.deepEqual(classes[0], { support: 1, precision: 0.5, recall: 1, f1: 2 / 3 });
    assert.deepEqual(classes[1], { support: 3, precision: 1, recall: 2 / 3, f1: 0.8 });
    // Neither shown nor called.
    assert.deepEqual(classes[2], { support: 0, precision: Number.NaN, recall: Number.NaN, f1: Number.NaN });
  });

  test("top-5 of ties: the first of equal ones counts as more probable", () => {
    const counter = new MetricsCounter(7);
    counter.add(new Float64Array(7).fill(1 / 7), 4);
    counter.add(new Float64Array(7).fill(1 / 7), 5);
    assert.equal(counter.result().top5, 0.5);
  });

  for (const label of [0, 1, 2]) {
    test(`NaN is called nothing: wrong for class ${label}, of the first five too`, () => {
      const counter = new MetricsCounter(3);
      counter.add([Number.NaN, Number.NaN, Number.NaN], label);
      counter.add([Number.NaN, 1, 0], label);
      counter.add([1, 0, 0], 0);
      const { count, accuracy, top5, classes, confusion } = counter.result();
      assert.deepEqual([count, accuracy, top5], [3, 1 / 3, 1 / 3]);
      assert.deepEqual(
        classes.map(({ support }) => support),
        [0, 1, 2].map((index) => (index === label ? 2 : 0) + (index === 0 ? 1 : 0)),
      );
      assert.deepEqual(confusion, [
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]);
    });
  }

  test("a probability of 0 makes a large loss, not an infinite one", () => {
    const counter = new MetricsCounter(2);
    counter.add([1, 0], 1);
    assert.ok(counter.result().loss > 700 && Number.isFinite(counter.result().loss));
  });

  test("probabilities are the mean over an image's views, and large logits do no harm", () => {
    assert.deepEqual([...probabilitiesOf([1000, 1000, 3, 3], 2, 2)], [0.5, 0.5]);
    const [first = 0] = probabilitiesOf([Math.log(3), 0, 0, Math.log(3)], 2, 2);
    assert.ok(Math.abs(first - 0.5) < 1e-15);
  });
});
