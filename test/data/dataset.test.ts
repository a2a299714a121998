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

  test("typed arrays and lists of numbers are rows; tuples stay tuples", async () => {
    const floats = await Dataset.from([Float32Array.of(1, 2), Float32Array.of(3, 4)])
      .batch(2)
      .toArray();
    const dtype: "float32" = floats[0]!.dtype;
    assert.deepEqual(
      [dtype, floats[0]!.toArray()],
      [
        "float32",
        [
          [1, 2],
          [3, 4],
        ],
      ],
    );
    const [lists] = await Dataset.from([
      [1, 2],
      [3, 4],
    ] as readonly number[][])
      .batch(2)
      .toArray();
    assert.deepEqual(
      [lists!.dtype, lists!.toArray()],
      [
        "float32",
        [
          [1, 2],
          [3, 4],
        ],
      ],
    );
    const [bytes] = await Dataset.from([Uint8Array.of(7), Uint8Array.of(8)])
      .batch(2)
      .toArray();
    const byte: "uint8" = bytes!.dtype;
    assert.deepEqual([byte, bytes!.toArray()], ["uint8", [[7], [8]]]);
    const pair = (x: number): [NDArray<[1], "int32">, number] => [new NDArray("int32", [1], Int32Array.of(x)), x / 2];
    const [[x, y] = []] = await Dataset.from([pair(1), pair(2)])
      .batch(2)
      .toArray();
    assert.deepEqual([x!.dtype, x!.toArray(), y!.toArray()], ["int32", [[1], [2]], [0.5, 1]]);
  });

  test("labels of a typed array keep their dtype, and can be fed as labels", async () => {
    const x = Float64Array.of(0.5, 1.5);
    const batches = await Dataset.fromArrays({ x, y: Int32Array.of(3, 4), weights: [1, 2] })
      .batch(2)
      .toArray();
    const dtype: "int32" = batches[0]!.y.dtype;
    assert.deepEqual([dtype, batches[0]!.y.toArray()], ["int32", [3, 4]]);
    assert.deepEqual([batches[0]!.x.dtype, batches[0]!.x.toArray()], ["float32", [0.5, 1.5]]);
    assert.deepEqual(batches[0]!.weights.toArray(), [1, 2]);
    assert.throws(() => Dataset.fromArrays({ x, y: Int32Array.of(1) }), ShapeError);
  });

  for (const [name, elements, message] of [
    [
      "a name is missing",
      [{ x: 1, y: 2 }, { x: 3 }, { x: 4, y: 5 }],
      /number 1 +a record of x, y\n +number 2 +a record of x\n/,
    ],
    ["a name is more", [{ x: 1 }, { x: 3 }, { x: 4, y: 5 }], /number 1 +a record of x\n +number 3 +a record of x, y/],
    ["null", [1, 2, null], /number 1 +numbers\n +number 3 +null/],
    ["a record among numbers", [1, { x: 1 }], /number 2 +a record of x/],
    [
      "within a record",
      [{ x: { y: 1 } }, { x: { y: "1" } }],
      /elements' "x\.y" .*\n +number 1 +numbers\n +number 2 +string/,
    ],
    ["strings", ["a", "b"], /number 1 +string\n +fix/],
    ["a typed array that is no dtype's", [Int8Array.of(1)], /number 1 +Int8Array/],
  ] as const) {
    test(`a batch of what is not alike is refused, by number: ${name}`, async () => {
      await assert.rejects(
        Dataset.from<unknown>(elements).batch(elements.length).toArray(),
        (error) => error instanceof ValueError && message.test(error.message),
      );
    });
  }

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
