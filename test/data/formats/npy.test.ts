import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { writtenByPython } from "./written-by-python.ts";

const { openZip, parseNpy, readNpz, serializeNpy, serializeNpz } = tf.formats;

const isFormatError = (message: RegExp) => (error: unknown) =>
  error instanceof tf.FormatError && message.test(error.message);

describe("npy", () => {
  test("files of NumPy: types, byte orders, column-major, scalars", () => {
    const read = (name: string): [string, readonly number[], number[]] => {
      const { dtype, shape, data } = parseNpy(writtenByPython(name));
      return [dtype, shape, [...data]];
    };
    assert.deepEqual(read("float32"), ["float32", [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]]);
    assert.deepEqual(read("fortran float64"), ["float32", [2, 3, 4], [...Array(24).keys()]]);
    assert.deepEqual(read("big-endian int16"), ["int32", [3], [1, -2, 300]]);
    assert.deepEqual(read("bool scalar"), ["bool", [], [1]]);
    assert.deepEqual(read("float16"), ["float32", [5], [1, -0.5, 65504, 2 ** -24, Number.POSITIVE_INFINITY]]);
    assert.deepEqual(read("int64"), ["int32", [2, 1], [1, -7]]);
  });

  test("a Node.js Buffer that begins at an odd address, and stays as it is", () => {
    for (const name of ["float32", "fortran float64", "bool scalar"]) {
      const bytes = writtenByPython(name);
      const buffer = Buffer.concat([Buffer.from([0]), bytes]).subarray(1);
      assert.deepEqual(parseNpy(buffer), parseNpy(bytes));
      assert.deepEqual(new Uint8Array(buffer), bytes);
    }
  });

  test("written as NumPy writes it", () => {
    const array = new tf.NDArray("float32", [2, 3], Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25));
    assert.deepEqual(serializeNpy(array), writtenByPython("float32"));
  });

  test("refused: pickles, named fields, damage", () => {
    assert.throws(() => parseNpy(writtenByPython("object")), isFormatError(/objects are pickles/));
    assert.throws(() => parseNpy(writtenByPython("fields")), isFormatError(/named fields/));
    const good = writtenByPython("float32");
    assert.throws(() => parseNpy(good.subarray(0, 100)), isFormatError(/header has/));
    assert.throws(() => parseNpy(good.subarray(0, good.length - 1)), isFormatError(/needs 24 bytes, the file has 23/));
    assert.throws(() => parseNpy(new Uint8Array([...good, 0])), isFormatError(/needs 24 bytes, the file has 25/));
    assert.throws(() => parseNpy(new Uint8Array(0)), isFormatError(/NUMPY/));
    const huge = Buffer.from(good).toString("latin1").replace("(2, 3), }      ", "(99999999999,)}");
    assert.throws(() => parseNpy(Buffer.from(huge, "latin1")), isFormatError(/needs 399999999996 bytes/));
  });
});

describe("npz", () => {
  for (const name of ["npz", "npz compressed"]) {
    test(`${name} of NumPy`, async () => {
      const arrays = await readNpz(writtenByPython(name));
      assert.deepEqual([...arrays.keys()], ["x", "y"]);
      assert.deepEqual([...arrays.get("y")!.data], [0, 1, 2]);
      assert.deepEqual(arrays.get("x")!.toArray(), [
        [0, 0.25, 0.5],
        [0.75, 1, 1.25],
      ]);
    });
  }

  test("what is written is read back, stored and deflated", async () => {
    const arrays = new Map<string, tf.NDArray>([
      ["conv1/weights", new tf.NDArray("float32", [50_000], new Float32Array(50_000).fill(2))],
      ["é", new tf.NDArray("uint8", [2], Uint8Array.of(1, 2))],
    ]);
    const stored = await serializeNpz(arrays);
    const packed = await serializeNpz(arrays, { compress: true });
    assert.ok(packed.length < stored.length / 10);
    assert.deepEqual(await readNpz(stored), arrays);
    assert.deepEqual(await readNpz(packed), arrays);
  });

  test("refused: a wrong checksum, two members of one name, other files, bombs", async () => {
    const bytes = await serializeNpz(new Map([["a", new tf.NDArray("float32", [2], Float32Array.of(1, 2))]]));
    const changed = bytes.slice();
    changed[30 + 5 + 130]! ^= 1;
    await assert.rejects(readNpz(changed), isFormatError(/checksum/));
    const zip = await tf.formats.serializeZip(
      new Map([
        ["a.npy", Uint8Array.of(1)],
        ["b.npy", Uint8Array.of(1)],
      ]),
    );
    const twins = zip.map((byte) => (byte === 0x62 ? 0x61 : byte));
    assert.throws(() => openZip(twins), isFormatError(/two members named "a.npy"/));
    await assert.rejects(
      readNpz(await tf.formats.serializeZip(new Map([["readme", new Uint8Array(1)]]))),
      isFormatError(/no .npy file/),
    );
    // A member that claims a gigabyte from a few packed bytes.
    const bomb = await tf.formats.serializeZip(new Map([["a.npy", new Uint8Array(1000)]]), { compress: true });
    const directory = bomb.findLastIndex((byte, at) => byte === 0x50 && bomb[at + 1] === 0x4b && bomb[at + 2] === 1);
    new DataView(bomb.buffer).setUint32(directory + 24, 2 ** 30, true);
    await assert.rejects(readNpz(bomb), isFormatError(/cannot hold 1073741824 bytes/));
    // One that is longer than it claims stops there.
    new DataView(bomb.buffer).setUint32(directory + 24, 10, true);
    await assert.rejects(readNpz(bomb), isFormatError(/more than 10 bytes/));
  });
});
