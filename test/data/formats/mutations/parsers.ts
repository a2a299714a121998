import { gzipSync } from "node:zlib";
import * as tf from "../../../../src/index.ts";
import { parseTfExample, serializeTfExample } from "../../../../src/node/index.ts";
import { type Datasets, kerasFile } from "../../../node/formats/keras-file.ts";
import { writtenByPython } from "../written-by-python.ts";
import { ManyHdf5 } from "./many-hdf5.ts";

/** A parser with whole files to start from. */
export interface Parser {
  readonly corpus: () => Promise<readonly Uint8Array[]>;
  /** Reads all of a file. */
  readonly parse: (bytes: Uint8Array) => unknown;
  /** Ends what it keeps between files; a line about it, if there is anything to say. */
  readonly close?: () => Promise<string | null>;
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

/** Groups in groups, a scalar, float64. */
const NESTED: Datasets = {
  "layers/dense/vars/0": [[2, 2], Float64Array.of(1, 2, 3, 4)],
  "layers/dense/vars/1": [[2], Float32Array.of(5, 6)],
  "optimizer/step": [[], Float32Array.of(7)],
};

const hdf5 = new ManyHdf5(() => kerasFile());

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
  hdf5: {
    corpus: async () => [await kerasFile(), await kerasFile(undefined, { compress: true }), await kerasFile(NESTED)],
    parse: (bytes) => hdf5.read(bytes),
    close: async () => {
      const { dead, deranged } = hdf5.replaced;
      await hdf5.close();
      return dead + deranged === 0 ? null : `threads replaced: ${dead} hung or died, ${deranged} misread a whole file`;
    },
  },
};
