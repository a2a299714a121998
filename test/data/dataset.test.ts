import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { Dataset } from "../../src/data/dataset.ts";

describe("Dataset", () => {
  test("map, filter, take, skip, repeat", async () => {
    const data = Dataset.range(10)
      .filter((value) => value % 2 === 0)
      .map(async (value) => value * 10)
      .skip(1)
      .take(3);
    assert.deepEqual(await data.toArray(), [20, 40, 60]);
    assert.deepEqual(await data.toArray(), [20, 40, 60]);
    assert.deepEqual(await Dataset.range(2).repeat(2).toArray(), [0, 1, 0, 1]);
    assert.deepEqual(await Dataset.range(2).repeat().take(5).toArray(), [0, 1, 0, 1, 0]);
    assert.deepEqual(await Dataset.range(0).repeat().toArray(), []);
  });

  test("fromArrays and batch keep dtypes and names", async () => {
    const images = new NDArray("uint8", [3, 2], Uint8Array.of(1, 2, 3, 4, 5, 6));
    const labels = new NDArray("int32", [3], Int32Array.of(7, 8, 9));
    const batches = await Dataset.fromArrays({ images, labels, weights: [0.5, 1, 2] })
      .batch(2)
      .toArray();
    const dtype: "int32" = batches[0]!.labels.dtype;
    assert.deepEqual([dtype, batches[0]!.images.dtype, batches[0]!.weights.dtype], ["int32", "uint8", "float32"]);
    assert.deepEqual(
      batches.map((batch) => [batch.images.toArray(), batch.labels.toArray(), batch.weights.toArray()]),
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
          [7, 8],
          [0.5, 1],
        ],
        [[[5, 6]], [9], [2]],
      ],
    );
    assert.equal((await Dataset.range(5).batch(2, { dropRemainder: true }).toArray()).length, 2);
    assert.throws(() => Dataset.fromArrays({ images, labels: [1] }), ShapeError);
    const ragged = Dataset.from([1, 2]).map((size) => new NDArray("int32", [size], new Int32Array(size)));
    await assert.rejects(ragged.batch(2).toArray(), ShapeError);
    assert.throws(() => Dataset.range(3).batch(0), ValueError);
  });

  test("shuffle: by the seed, another order every pass", async () => {
    const make = (seed: number): Dataset<number> => Dataset.range(20).shuffle(20, { seed });
    const data = make(1);
    const first = await data.toArray();
    const second = await data.toArray();
    assert.deepEqual(
      first.toSorted((a, b) => a - b),
      [...Array(20).keys()],
    );
    assert.notDeepEqual(first, second);
    assert.deepEqual(await make(1).toArray(), first);
    assert.deepEqual(await make(1).repeat(2).toArray(), [...first, ...second]);
    assert.notDeepEqual(await make(2).toArray(), first);
  });

  test("map with concurrency keeps the order and its bound; errors come where they belong", async () => {
    let running = 0;
    let most = 0;
    const data = Dataset.range(12).map(
      async (value) => {
        most = Math.max(most, ++running);
        await sleep((value * 7) % 5);
        running--;
        if (value === 9) throw new Error("nine");
        return value;
      },
      { concurrency: 3 },
    );
    const seen: number[] = [];
    await assert.rejects(async () => {
      for await (const value of data) seen.push(value);
    }, /nine/);
    assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.ok(most > 1 && most <= 4, String(most));
  });

  test("a loop that is left ends the source", async () => {
    let ended = false;
    async function* source(): AsyncGenerator<number> {
      try {
        for (let value = 0; ; value++) yield value;
      } finally {
        ended = true;
      }
    }
    for await (const value of Dataset.from(source())
      .prefetch(2)
      .map((x) => x + 1))
      if (value === 3) break;
    assert.ok(ended);
  });
});
