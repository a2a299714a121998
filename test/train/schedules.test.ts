import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import {
  constantRate,
  cosineDecay,
  exponentialDecay,
  multiStepDecay,
  polynomialDecay,
  reduceOnPlateau,
  type Schedule,
  stepDecay,
  warmUp,
} from "../../src/train/schedules.ts";

/** Rates at these epochs, of ten steps each, rounded. */
function rates(schedule: Schedule, epochs: readonly number[]): number[] {
  return epochs.map((epoch) => Number(schedule.rate({ epoch, step: epoch * 10 }).toFixed(6)));
}

describe("schedules", () => {
  test("constant", () => assert.deepEqual(rates(constantRate(0.1), [0, 5.5, 99]), [0.1, 0.1, 0.1]));

  test("step: torchvision's recipe, 30 epochs and a tenth", () => {
    assert.deepEqual(rates(stepDecay(0.01, { every: 30 }), [0, 29.9, 30, 60]), [0.01, 0.01, 0.001, 0.0001]);
  });

  test("multi-step", () => {
    const schedule = multiStepDecay(1, { milestones: [2, 3], gamma: 0.5 });
    assert.deepEqual(rates(schedule, [1.9, 2, 2.9, 3, 9]), [1, 0.5, 0.5, 0.25, 0.25]);
  });

  test("cosine: half at half time, final at the end and after", () => {
    assert.deepEqual(rates(cosineDecay(1, { duration: 10, final: 0.2 }), [0, 5, 10, 20]), [1, 0.6, 0.2, 0.2]);
  });

  test("polynomial", () => {
    assert.deepEqual(rates(polynomialDecay(1, { duration: 10 }), [0, 2.5, 10, 11]), [1, 0.75, 0, 0]);
    assert.deepEqual(rates(polynomialDecay(1, { duration: 10, power: 2 }), [5]), [0.25]);
  });

  test("exponential, in steps", () => {
    assert.deepEqual(rates(exponentialDecay(1, { gamma: 0.5, unit: "step" }), [0, 0.1, 0.3]), [1, 0.5, 0.125]);
  });

  test("warm-up scales another schedule", () => {
    const schedule = warmUp(stepDecay(1, { every: 4, gamma: 0.5 }), { duration: 2, from: 0.5 });
    assert.deepEqual(rates(schedule, [0, 1, 2, 4]), [0.5, 0.75, 1, 0.5]);
  });

  test("plateau: as PyTorch's, waits `patience` epochs and begins anew; warmed up it remembers all the same", () => {
    for (const schedule of [
      reduceOnPlateau(1, { factor: 0.5, patience: 1 }),
      warmUp(reduceOnPlateau(1, { factor: 0.5, patience: 1 }), { duration: 1, from: 1 }),
    ]) {
      let memory = schedule.start;
      const seen = [5, 4, 4, 4, 4, 4, 3].map((value) => {
        memory = schedule.observe?.(value, memory);
        // As it comes out of a checkpoint.
        memory = JSON.parse(JSON.stringify(memory));
        return schedule.rate({ step: 0, epoch: 0 }, memory);
      });
      assert.deepEqual(seen, [1, 1, 1, 0.5, 0.5, 0.25, 0.25]);
    }
  });

  for (const [name, make] of Object.entries({
    "a rate of 0": () => constantRate(0),
    "no time": () => cosineDecay(1, { duration: 0 }),
    "a rate that is no number": () => stepDecay(Number.NaN, { every: 1 }),
  })) {
    test(`refused: ${name}`, () => assert.throws(make, ValueError));
  }
});
