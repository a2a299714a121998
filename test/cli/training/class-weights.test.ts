import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { classWeightsFor } from "../../../cli/training/class-weights.ts";
import { MemoryImages, subset } from "../../../src/data/sources.ts";

const classes = ["cat", "dog", "newt"];
const labels = Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 2);
const source = new MemoryImages({ pixels: new Uint8Array(10), labels, height: 1, width: 1, channels: 1 }, classes);

describe("--class-weights", () => {
  test("balanced: every class adds as much, and a picture weighs 1 in the mean", () => {
    const weights = classWeightsFor("balanced", classes, source)!;
    assert.deepEqual(weights, [10 / 18, 10 / 9, 10 / 3]);
    assert.ok(Math.abs([...labels].reduce((sum, label) => sum + weights[label]!, 0) - 10) < 1e-12);
  });

  test("balanced counts what is trained on, not what was split off", () => {
    assert.deepEqual(classWeightsFor("balanced", classes, subset(source, [0, 1, 6, 7, 8, 9])), [1, 2 / 3, 2]);
    assert.throws(() => classWeightsFor("balanced", classes, subset(source, [0, 6])), /"newt" has no picture/);
  });

  test("by name, 1 for the others; an unknown name is refused with those there are", () => {
    assert.deepEqual(classWeightsFor({ newt: 5, cat: 0.5 }, classes, source), [0.5, 1, 5]);
    assert.throws(() => classWeightsFor({ bird: 2 }, classes, source), /no class "bird"[^]*cat, dog, newt/);
    assert.equal(classWeightsFor(null, classes, source), null);
  });

  test("a class may have the name of something that every object has", () => {
    assert.deepEqual(classWeightsFor({ cat: 2 }, ["cat", "constructor", "newt"], source), [2, 1, 1]);
  });
});
