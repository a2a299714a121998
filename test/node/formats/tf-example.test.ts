import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { type Feature, parseTfExample, serializeTfExample } from "../../../src/node/index.ts";

describe("tf.train.Example", () => {
  test("what is written is read back", () => {
    const features = new Map<string, Feature>([
      ["bytes", [Uint8Array.of(1, 2), new Uint8Array(0)]],
      ["floats", Float32Array.of(0.5, -2)],
      ["integers", BigInt64Array.of(-1n, 2n ** 62n)],
      ["none", []],
    ]);
    assert.deepEqual(parseTfExample(serializeTfExample(features)), features);
  });

  test("bytes as TensorFlow writes them, numbers packed or not", () => {
    // features { feature { key: "a" value { int64_list { value: [1, 300] } } } }, packed; and floats that are not.
    const packed = Uint8Array.of(0x0a, 0x0e, 0x0a, 0x0c, 0x0a, 1, 0x61, 0x12, 7, 0x1a, 5, 0x0a, 3, 1, 0xac, 2);
    assert.deepEqual(parseTfExample(packed), new Map([["a", BigInt64Array.of(1n, 300n)]]));
    const single = Uint8Array.of(0x0a, 0x0e, 0x0a, 0x0c, 0x0a, 1, 0x62, 0x12, 7, 0x12, 5, 0x0d, 0, 0, 0x80, 0x3f);
    assert.deepEqual(parseTfExample(single), new Map([["b", Float32Array.of(1)]]));
  });

  test("refused: a cut message, one name twice", () => {
    const bytes = serializeTfExample(new Map([["a", Float32Array.of(1)]]));
    assert.throws(() => parseTfExample(bytes.subarray(0, bytes.length - 1)), tf.FormatError);
    assert.throws(() => parseTfExample(new Uint8Array([...bytes, ...bytes])), tf.FormatError);
  });
});
