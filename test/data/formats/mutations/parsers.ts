import { gzipSync } from "node:zlib";
import * as tf from "../../../../src/index.ts";
import { parseTfExample, serializeTfExample } from "../../../../src/node/index.ts";
import { readHdf5 } from "../../../../src/node/formats/hdf5.ts";
import { kerasFile } from "../../../node/formats/keras-file.ts";
import { writtenByPython } from "../written-by-python.ts";

/** A parser with whole files to start from. */
export interface Parser {
  readonly corpus: () => Promise<readonly Uint8Array[]>;
  /** Which part of the files that others get it gets, because each takes long; default 1. */
  readonly share?: number;
  /** Reads all of a file. */
  readonly parse: (bytes: Uint8Array) => unknown;
}

const { formats } = tf;

const arrays = (): Map<string, tf.NDArray> =>
  new Map<string, tf.NDArray>([
    ["conv1.weight", new tf.NDArray("float32", [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6))],
    ["flags", new tf.NDArray("bool", [3], Uint8Array.of(1, 0, 1))],
    ["steps", new tf.NDArray("int32", [], Int32Array.of(7))],
  ]);

const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

const example = (): Uint8Array =>
  serializeTfExample(
    new Map<string, Uint8Array[] | Float32Array | BigInt64Array>([
      ["image/encoded", [Uint8Array.of(1, 2, 3)]],
      ["image/scale", Float32Array.of(0.5, 2)],
      ["image/class/label", BigInt64Array.of(-1n, 1000n)],
    ]),
  );

/** CIFAR's records are almost all pixels: the mutations have to find its few labels and its length. */
const cifar = (labels: readonly number[]): Uint8Array => Uint8Array.of(...labels, ...new Uint8Array(3072));

export const PARSERS: Readonly<Record<string, Parser>> = {
  safetensors: {
    corpus: async () => [
      formats.serializeSafetensors(arrays(), new Map([["format", "pt"]])),
      formats.serializeSafetensors(new Map()),
    ],
    parse: formats.parseSafetensors,
  },
  npy: {
    corpus: async () =>
      ["float32", "fortran float64", "big-endian int16", "bool scalar", "float16", "int64", "object", "fields"].map(
        writtenByPython,
      ),
    parse: formats.parseNpy,
  },
  npz: {
    corpus: async () => [
      writtenByPython("npz"),
      writtenByPython("npz compressed"),
      await formats.serializeNpz(arrays(), { compress: true }),
    ],
    parse: formats.readNpz,
  },
  idx: { corpus: async () => [idx, new Uint8Array(gzipSync(idx))], parse: formats.readIdx },
  "cifar-10": { corpus: async () => [cifar([3])], parse: (bytes) => formats.parseCifar10(bytes).get(0) },
  "cifar-100": { corpus: async () => [cifar([3, 50])], parse: (bytes) => formats.parseCifar100(bytes).get(0) },
  tfrecord: {
    corpus: async () => [
      new Uint8Array([...formats.serializeTfRecord(example()), ...formats.serializeTfRecord(new Uint8Array(0))]),
    ],
    parse: (bytes) => [...formats.parseTfRecords(bytes)],
  },
  "tf.train.Example": { corpus: async () => [example()], parse: parseTfExample },
  webdataset: {
    corpus: async () => ["ustar", "gnu", "pax"].map(writtenByPython),
    parse: (bytes) => [...formats.parseWebDataset(bytes)],
  },
  // A thread and a library for each file.
  hdf5: { corpus: async () => [await kerasFile()], parse: readHdf5, share: 0.02 },
};
