import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { testedBackends } from "../support/backends.ts";

/** Whatever JavaScript passes as a value. */
type Anything = tf.FeedValue;

async function run(x: tf.Tensor, fetch: tf.Tensor, value: unknown): Promise<tf.NDArray> {
  await using session = new tf.Session({ graph: x.graph, backend: testedBackends[0]!.backend });
  return await session.run(fetch, [[x, value as Anything]]);
}

describe("bools", () => {
  for (const { name, backend } of testedBackends) {
    test(`bytes other than 0 are true, and stored as 1: ${name}`, async () => {
      await new tf.Graph().asDefault(async () => {
        const x: tf.Tensor<[number], "bool"> = tf.placeholder("bool", [3]);
        const truth = tf.constant([true, false, true]);
        const fetches = [x, tf.equal(x, truth), tf.cast(x, "int32"), tf.logicalNot(x)];
        await using session = new tf.Session({ backend });
        const expected = [
          [1, 0, 1],
          [1, 1, 1],
          [1, 0, 1],
          [0, 1, 0],
        ];
        const bytes = Uint8Array.of(255, 0, 1);
        for (const value of [bytes, new tf.NDArray("bool", [3], bytes)]) {
          const values = await session.run(fetches, [[x, value]]);
          assert.deepEqual(
            values.map((array) => array.toArray()),
            expected,
          );
        }
        assert.deepEqual([...bytes], [255, 0, 1], "the fed array is the caller's");
      });
    });
  }
});

describe("flat data takes the tensor's shape", () => {
  const cases: Readonly<Record<string, [(number | null)[], number, number[] | null]>> = {
    "12 for [?, 4]": [[null, 4], 12, [3, 4]],
    "0 for [?, 4]": [[null, 4], 0, [0, 4]],
    "0 for [?, 0]": [[null, 0], 0, [0, 0]],
    "5 for [?, 0]": [[null, 0], 5, null],
    "5 for [?, 4]": [[null, 4], 5, null],
    "5 for [2, 2]": [[2, 2], 5, null],
    "4 for [?, ?]": [[null, null], 4, null],
    "1 for a scalar": [[], 1, []],
  };
  for (const [title, [shape, length, expected]] of Object.entries(cases)) {
    test(title, async () => {
      await new tf.Graph().asDefault(async () => {
        const x: tf.Tensor = tf.placeholder("float32", shape, { name: "x" });
        const running = run(x, tf.identity(x), new Float32Array(length));
        if (expected !== null) assert.deepEqual((await running).shape, expected);
        else await assert.rejects(running, new RegExp(`FeedError: .*"x:0" has ${length} elements.*do not fill`));
      });
    });
  }
});

describe("what is no array is refused by name", () => {
  const wrong: Readonly<Record<string, [unknown, RegExp]>> = {
    null: [null, /is no array[^]*fed +null/],
    undefined: [undefined, /is no array[^]*fed +undefined/],
    "a string": ["1", /is no array[^]*fed +"1"/],
    "a promise, not awaited": [Promise.resolve(1), /is no array[^]*fed +\[object Promise\]/],
    "an ArrayBuffer": [new ArrayBuffer(8), /is no array[^]*fed +\[object ArrayBuffer\]/],
    "a DataView": [new DataView(new ArrayBuffer(8)), /is no array[^]*fed +\[object DataView\]/],
    "an object": [{ length: 2 }, /is no array[^]*fed +\{ length \}[^]*fix: feed a number, nested lists/],
    "an object without a prototype": [Object.create(null), /is no array[^]*fed +\{/],
    "a list with null": [[1, null], /does not fit: an element is null/],
    "a fraction for int32: the fix is to round": [[1.5, 2], /does not fit: 1\.5 is no int32[^]*fix: round it/],
    "a ragged list": [[[1], [2, 3]], /does not fit: nested lists are ragged[^]*fix: make all rows/],
  };
  for (const [title, [value, message]] of Object.entries(wrong)) {
    test(title, async () => {
      await new tf.Graph().asDefault(async () => {
        const x: tf.Tensor = tf.placeholder("int32", [2], { name: "x" });
        await assert.rejects(run(x, x.add(1), value), (error) => {
          assert.ok(error instanceof tf.FeedError);
          assert.match(error.message, /"x:0"/);
          assert.match(error.message, message);
          return true;
        });
      });
    });
  }
});
