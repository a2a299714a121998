import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import * as tf from "../../../src/index.ts";

const { bytesSource, openSafetensors, parseSafetensors, serializeSafetensors } = tf.formats;

/** A file with this header and so many bytes of data. */
function file(header: string | object, data: number | Uint8Array = 0, length?: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = typeof data === "number" ? new Uint8Array(data) : data;
  const result = new Uint8Array(8 + text.length + bytes.length);
  new DataView(result.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  result.set(text, 8);
  result.set(bytes, 8 + text.length);
  return result;
}

const entry = (shape: readonly unknown[], begin: unknown, end: unknown, dtype: unknown = "F32"): object => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

const sorted = (tensors: ReadonlyMap<string, tf.NDArray>): [string, tf.NDArray][] =>
  [...tensors].sort(([a], [b]) => (a < b ? -1 : 1));

const array = (shape: number[], values: number[]): tf.NDArray =>
  new tf.NDArray("float32", shape, Float32Array.from(values));

describe("safetensors", () => {
  test("what is written is read back, names, shapes, dtypes and metadata", () => {
    const tensors = new Map<string, tf.NDArray>([
      ["b", array([2, 3], [1, -2, 3.5, Number.NaN, Number.POSITIVE_INFINITY, -0])],
      ["flags", new tf.NDArray("bool", [3], Uint8Array.of(1, 0, 1))],
      ["10", new tf.NDArray("int32", [], Int32Array.of(-7))],
      ["pixels", new tf.NDArray("uint8", [2], Uint8Array.of(255, 3))],
      ["empty", array([0, 4], [])],
      ['"\\\u0000é𝄞', array([1], [9])],
    ]);
    const metadata = new Map([["format", "pt"]]);
    const read = parseSafetensors(serializeSafetensors(tensors, metadata));
    assert.deepEqual(sorted(read.tensors), sorted(tensors));
    assert.deepEqual(read.metadata, metadata);
  });

  test("the same tensors in another order give the same bytes, aligned to 8", () => {
    const tensors: [string, tf.NDArray][] = [
      ["x", array([1], [1])],
      ["a", array([1], [2])],
    ];
    const bytes = serializeSafetensors(new Map(tensors));
    assert.deepEqual(bytes, serializeSafetensors(new Map(tensors.toReversed())));
    assert.equal(new DataView(bytes.buffer).getUint32(0, true) % 8, 0);
  });

  test("float32 tensors are views of the file; misaligned ones are copies", () => {
    const bytes = serializeSafetensors(new Map([["x", array([2], [1, 2])]]));
    assert.equal(parseSafetensors(bytes).tensors.get("x")!.data.buffer, bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 1).subarray(1);
    shifted.set(bytes);
    assert.deepEqual([...parseSafetensors(shifted).tensors.get("x")!.data], [1, 2]);
  });

  test("other dtypes are converted", () => {
    const half = Uint8Array.of(0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc);
    const parts: Record<string, [string, number[], Uint8Array, number[]]> = {
      F16: ["F16", [3], half, [1, 2 ** -24, Number.NEGATIVE_INFINITY]],
      BF16: ["BF16", [1], Uint8Array.of(0x80, 0x3f), [1]],
      F64: ["F64", [1], new Uint8Array(Float64Array.of(0.5).buffer), [0.5]],
      I64: ["I64", [2], new Uint8Array(BigInt64Array.of(-5n, 2147483647n).buffer), [-5, 2147483647]],
      U16: ["U16", [1], Uint8Array.of(0xff, 0xff), [65535]],
      I8: ["I8", [1], Uint8Array.of(0xff), [-1]],
    };
    for (const [name, [dtype, shape, data, values]] of Object.entries(parts)) {
      const read = parseSafetensors(file({ x: entry(shape, 0, data.length, dtype) }, data));
      assert.deepEqual([...read.tensors.get("x")!.data], values, name);
    }
  });

  test("an open file reads one tensor at a time", async () => {
    const opened = await openSafetensors(
      bytesSource(
        serializeSafetensors(
          new Map([
            ["x", array([1], [1])],
            ["y", array([2], [2, 3])],
          ]),
        ),
      ),
    );
    assert.deepEqual(
      opened.entries.map(({ name }) => name),
      ["x", "y"],
    );
    assert.deepEqual([...(await opened.read("y")).data], [2, 3]);
    await assert.rejects(opened.read("z"), tf.ValueError);
  });

  const rules: Readonly<Record<string, [Uint8Array, RegExp]>> = {
    "shorter than 8 bytes": [Uint8Array.of(1, 2), /at least 8 bytes/],
    "a header longer than the file": [file("{}", 0, 100), /header has 100 bytes, the file only 2/],
    "a header above 100 MB": [file("{}", 0, 100_000_001), /at most 100000000/],
    "a header that does not start with {": [file(" {}"), /does not start with "\{"/],
    "a header that is no JSON": [file("{1:2}"), /not the JSON/],
    "bytes behind the JSON": [file("{}x"), /something follows/],
    "a byte that is not UTF-8": [file('{"a').map((byte) => (byte === 0x61 ? 0xff : byte)), /not UTF-8/],
    "one key twice": [
      file(`{"x":${JSON.stringify(entry([1], 0, 4))},"x":${JSON.stringify(entry([1], 0, 4))}}`, 4),
      /"x" is there twice/,
    ],
    "one key twice, written differently": [
      file(`{"x":${JSON.stringify(entry([0], 0, 0))},"\\u0078":${JSON.stringify(entry([0], 0, 0))}}`),
      /twice/,
    ],
    "a hole between tensors": [
      file({ a: entry([1], 0, 4), b: entry([1], 8, 12) }, 12),
      /"b" begins at byte 8, the one before it ends at 4/,
    ],
    "a hole at the beginning": [file({ a: entry([1], 4, 8) }, 8), /begins at byte 4/],
    "an overlap": [file({ a: entry([2], 0, 8), b: entry([1], 4, 8) }, 8), /overlap/],
    "bytes behind the last tensor": [file({ a: entry([1], 0, 4) }, 8), /take 4 bytes, the file has 8/],
    "a tensor beyond the file": [file({ a: entry([2], 0, 8) }, 4), /take 8 bytes, the file has 4/],
    "offsets that are not shape x dtype": [file({ a: entry([3], 0, 8) }, 8), /needs 12 bytes/],
    "a product that overflows": [file({ a: entry([2 ** 40, 2 ** 40], 0, 4) }, 4), /more bytes than can be counted/],
    "a product that overflows before a zero": [
      file({ a: entry([2 ** 40, 2 ** 40, 0], 0, 0) }),
      /more bytes than can be counted/,
    ],
    "begin behind end": [file({ a: entry([1], 4, 0) }, 4), /say otherwise/],
    "a negative dimension": [file({ a: entry([-1], 0, 4) }, 4), /no shape/],
    "a fractional dimension": [file('{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}', 4), /no shape/],
    "an offset that is a string": [file({ a: entry([1], "0", 4) }, 4), /no data_offsets/],
    "three offsets": [file({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4, 8] } }, 4), /no data_offsets/],
    "an unknown dtype": [file({ a: entry([1], 0, 4, "F31") }, 4), /"F31"/],
    "a dtype from Object.prototype": [file({ a: entry([1], 0, 4, "constructor") }, 4), /"constructor"/],
    "a tensor that is a number": [file('{"a":1}'), /not described by an object/],
    "metadata that is no string": [file('{"__metadata__":{"a":1}}'), /__metadata__/],
    "deep nesting": [file(`{"a":${"[".repeat(100_000)}`), /deeper than/],
    "a boolean of 2": [file({ a: entry([1], 0, 1, "BOOL") }, Uint8Array.of(2)), /neither 0 nor 1/],
    "an int64 beyond int32": [
      file({ a: entry([1], 0, 8, "I64") }, new Uint8Array(BigInt64Array.of(2n ** 40n).buffer)),
      /int32 does not hold/,
    ],
  };
  for (const [title, [bytes, message]] of Object.entries(rules)) {
    test(`refused: ${title}`, () => {
      assert.throws(
        () => parseSafetensors(bytes),
        (error) => error instanceof tf.FormatError && message.test(error.message),
      );
    });
  }

  test("a name like __proto__ is only a name", () => {
    const { tensors } = parseSafetensors(file(`{"__proto__":${JSON.stringify(entry([1], 0, 4))}}`, 4));
    assert.deepEqual([...tensors.keys()], ["__proto__"]);
  });

  test("property: any tensors survive", () => {
    const tensor = fc.tuple(fc.array(fc.nat(3), { maxLength: 3 }), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(fc.array(tensor, { maxLength: 5 }), (list) => {
        const tensors = new Map(
          list
            .filter(([, name]) => name !== "__metadata__")
            .map(([shape, name], index) => [
              name,
              new tf.NDArray("float32", shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(index)),
            ]),
        );
        const read = parseSafetensors(serializeSafetensors(tensors)).tensors;
        assert.equal(read.size, tensors.size);
        for (const [name, value] of tensors) assert.deepEqual(read.get(name), value);
      }),
      { numRuns: 50 },
    );
  });
});
