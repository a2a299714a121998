import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ValueError } from "../../src/core/errors.ts";
import { arrayBatches, type ArrayBatchesOptions, type BatchPosition } from "../../src/train/batch-source.ts";

/** Image i is one pixel of value i, of class i. */
function numbers(count: number, options: Partial<ArrayBatchesOptions> = {}): ReturnType<typeof arrayBatches> {
  const values = Array.from({ length: count }, (_, index) => index);
  return arrayBatches(Float32Array.from(values), Int32Array.from(values), {
    imageShape: [1, 1, 1],
    batchSize: 4,
    ...options,
  });
}

async function epochOf(data: ReturnType<typeof arrayBatches>): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const { images, labels, size, indices } of data) {
    assert.deepEqual([[...labels], [...indices!], size], [[...images], [...images], images.length]);
    seen.push([...images]);
  }
  return seen;
}

describe("arrayBatches", () => {
  test("all images once an epoch, in order; the remainder is a batch, or dropped", async () => {
    const data = numbers(10);
    assert.equal(data.batchesPerEpoch, 3);
    for (let epoch = 0; epoch < 2; epoch++)
      assert.deepEqual(await epochOf(data), [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
      ]);
    const full = numbers(10, { dropRemainder: true });
    assert.equal(full.batchesPerEpoch, 2);
    assert.equal((await epochOf(full)).length, 2);
    assert.deepEqual(full.state(), { epoch: 1, position: 0 });
  });

  test("shuffled: another order every epoch, and from any state as if it had never stopped", async () => {
    const whole = numbers(10, { shuffle: true, seed: 5 });
    const [first, second] = [await epochOf(whole), await epochOf(whole)];
    assert.notDeepEqual(first, second);
    assert.deepEqual(
      second.flat().sort((a, b) => a - b),
      [...Array(10).keys()],
    );
    const resumed = numbers(10, { shuffle: true, seed: 5 });
    resumed.restore({ epoch: 1, position: 4 });
    assert.deepEqual(await epochOf(resumed), second.slice(1));
  });

  for (const [name, state, dropRemainder] of [
    ["behind the images", { epoch: 0, position: 10 }, false],
    ["in the remainder that is dropped", { epoch: 0, position: 8 }, true],
    ["before the images", { epoch: 0, position: -1 }, false],
    ["no whole number", { epoch: 0.5, position: 0 }, false],
  ] as const satisfies readonly (readonly [string, BatchPosition, boolean])[]) {
    test(`a position ${name} is refused`, () => {
      assert.throws(() => numbers(10, { dropRemainder }).restore(state), ValueError);
    });
  }
});
