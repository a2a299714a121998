import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Pace } from "../../../cli/training/pace.ts";

/** A run of 32 images a step, a step a second after a first one of nine, and ten seconds between epochs of 20 steps. */
function* run(epochs: number, lasting: (epoch: number, step: number) => number = () => 1): Generator<Pace, void> {
  let now = 5000;
  const pace = new Pace(now);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let step = 1; step <= 20; step++) {
      now += 1000 * lasting(epoch, step);
      if (step === 1) now += epoch === 1 ? 8000 : 10_000;
      pace.step({ now, epoch, images: 32 });
      yield pace;
    }
  }
}

describe("the pace of a run", () => {
  test("the first step, which compiles, is no pace: nothing is foretold of it", () => {
    const first = paceAfter(1);
    assert.equal(first.left(19, 1), null);
    assert.equal(first.imagesPerSecond, 32 / 9);
    const second = paceAfter(2);
    assert.equal(second.left(18, 1), 18);
    assert.equal(second.imagesPerSecond, 32);
  });

  test("what lies between two epochs is counted once an epoch, and slows no step", () => {
    const pace = paceAfter(21);
    assert.equal(pace.imagesPerSecond, 32);
    // 59 steps, and the ends of the second, third and fourth epoch.
    assert.equal(pace.left(59, 3), 59 + 30);
  });

  test("a pause of a minute makes ten minutes no hour", () => {
    const pace = paceAfter(200, (epoch, step) => (epoch === 10 && step === 15 ? 60 : 1));
    const left = pace.left(600, 0) ?? Number.NaN;
    assert.ok(left > 600 && left < 900, String(left));
  });

  test("a machine that becomes half as fast is believed within an epoch of hundreds of steps", () => {
    const pace = paceAfter(1000, (epoch) => (epoch > 20 ? 2 : 1));
    const left = pace.left(100, 0) ?? Number.NaN;
    assert.ok(left > 185, String(left));
  });
});

function paceAfter(steps: number, lasting?: (epoch: number, step: number) => number): Pace {
  const paces = run(Math.ceil(steps / 20), lasting);
  let pace: Pace | undefined;
  for (let step = 0; step < steps; step++) pace = paces.next().value ?? undefined;
  assert.ok(pace !== undefined);
  return pace;
}
