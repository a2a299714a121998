import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { readHdf5 } from "../../../src/node/formats/hdf5.ts";
import { type Datasets, kerasFile } from "./keras-file.ts";

describe("hdf5", () => {
  test("float datasets by path, packed or not; float64 becomes float32", async () => {
    const datasets: Datasets = {
      "a/b/kernel:0": [[2, 1], Float32Array.of(1, 2)],
      "a/wide": [[2], Float64Array.of(0.5, 4)],
      scalar: [[], Float32Array.of(3)],
    };
    for (const compress of [false, true]) {
      const read = await readHdf5(await kerasFile(datasets, { compress }));
      const found = Object.fromEntries([...read].map(([name, { shape, data }]) => [name, [shape, [...data]]]));
      assert.deepEqual(found, {
        "a/b/kernel:0": [
          [2, 1],
          [1, 2],
        ],
        "a/wide": [[2], [0.5, 4]],
        scalar: [[], [3]],
      });
    }
  });

  test("what is no HDF5 file is refused, and the next file is read", async () => {
    await assert.rejects(readHdf5(new Uint8Array(100)), tf.FormatError);
    await assert.rejects(readHdf5((await kerasFile()).subarray(0, 600)), tf.FormatError);
    assert.equal((await readHdf5(await kerasFile())).size, 2);
  });

  test("names of Keras' generations", () => {
    const one = new tf.NDArray("float32", [], Float32Array.of(1));
    const names = (...paths: string[]): string[] => [
      ...tf.models.kerasNames(new Map(paths.map((path) => [path, one]))).keys(),
    ];
    assert.deepEqual(names("block1_conv1/block1_conv1_W_1:0", "block1_conv1/block1_conv1_b_1:0"), [
      "block1_conv1/kernel",
      "block1_conv1/bias",
    ]);
    assert.deepEqual(names("fc1/fc1/kernel:0", "model_weights/fc1/vgg16/fc1/bias:0"), ["fc1/kernel", "fc1/bias"]);
    assert.deepEqual(names("layers/conv2d_1/vars/0", "_layer_checkpoint_dependencies/dense/vars/1"), [
      "layers/conv2d_1/vars/0",
      "layers/dense/vars/1",
    ]);
    assert.deepEqual(names("optimizer/vars/0", "optimizer_weights/adam/m"), []);
    assert.deepEqual(names("bn/bn/gamma:0", "bn/bn/moving_variance:0"), ["bn/gamma", "bn/moving_variance"]);
  });
});
