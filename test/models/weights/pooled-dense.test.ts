import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NDArray } from "../../../src/core/ndarray.ts";
import * as tf from "../../../src/index.ts";
import { fromPooledOutIn } from "../../../src/models/weights/conversion.ts";

const CHANNELS = 3;
const OUT = 4;

function noise(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => Math.sin(seed + index * index));
}

/** What PyTorch does, cell by cell: `features` is [channels, height, width]. @see torch.nn.AdaptiveAvgPool2d. */
function pooledThenDense(
  features: Float32Array,
  [height, width]: readonly [number, number],
  weights: Float32Array,
  grid: number,
): number[] {
  const pooled: number[] = [];
  const cells = Array.from({ length: height * width }, (_, cell) => [Math.floor(cell / width), cell % width] as const);
  for (let at = 0; at < CHANNELS * grid * grid; at++) {
    const [channel, row, column] = [Math.floor(at / grid ** 2), Math.floor(at / grid) % grid, at % grid];
    const covered = cells.filter(
      ([y, x]) =>
        y >= Math.floor((row * height) / grid) &&
        y < Math.ceil(((row + 1) * height) / grid) &&
        x >= Math.floor((column * width) / grid) &&
        x < Math.ceil(((column + 1) * width) / grid),
    );
    const sum = covered.reduce((total, [y, x]) => total + features[(channel * height + y) * width + x]!, 0);
    pooled.push(sum / covered.length);
  }
  return Array.from({ length: OUT }, (_, out) =>
    pooled.reduce((sum, value, at) => sum + value * weights[out * pooled.length + at]!, 0),
  );
}

describe("torchvision's first dense layer in a network for images of another size", () => {
  for (const [height, width] of [
    [1, 1],
    [2, 2],
    [3, 5],
    [7, 7],
    [10, 8],
    [14, 14],
  ] as const) {
    test(`behind features of ${height} x ${width}, pooled to 7 x 7`, () => {
      const size = height * width * CHANNELS;
      const features = noise(size, 1);
      const weights = noise(OUT * CHANNELS * 49, 2);
      const conversion = fromPooledOutIn([size, OUT], [height, width, CHANNELS], { grid: 7, asConvolution: false });
      const loaded = conversion.load(new NDArray("float32", [OUT, CHANNELS * 49], weights)).data;
      const expected = pooledThenDense(features, [height, width], weights, 7);
      for (let out = 0; out < OUT; out++) {
        let sum = 0;
        // Ours are flattened channels last.
        for (let cell = 0; cell < height * width; cell++)
          for (let channel = 0; channel < CHANNELS; channel++)
            sum += features[channel * height * width + cell]! * loaded[(cell * CHANNELS + channel) * OUT + out]!;
        // float32 sums of up to 49 shares.
        assert.ok(Math.abs(sum - expected[out]!) < 1e-5, `${sum} ${expected[out]}`);
      }
    });
  }

  test("a file for 224 x 224 fits a network for 96 x 96, and what that exports fits it again", async () => {
    const graph = new tf.Graph();
    await graph.asDefault(async () => {
      await using session = new tf.Session();
      const model = tf.models.alexnet({ imageSize: 96, normalization: "none", classes: 2 });
      await session.run(tf.globalVariablesInitializer());
      const weights = await tf.models.exportWeights(session, model, "torchvision");
      assert.deepEqual(weights.get("classifier.1.weight")!.shape, [4096, 1024]);
      const paper = new Map(weights).set(
        "classifier.1.weight",
        new NDArray("float32", [4096, 9216], new Float32Array(4096 * 9216).fill(1)),
      );
      await tf.models.loadWeights(session, model, paper);
      const fc1 = model.parameters.find(({ op }) => op.name === "fc1/weights")!;
      // 36 cells of the pool share 4 of the network.
      assert.ok((await session.run(fc1)).data.every((value) => Math.abs(value - 9) < 1e-5));
      await tf.models.loadWeights(session, model, weights);
      const wrong = new Map(weights).set(
        "classifier.1.weight",
        new NDArray("float32", [4096, 4096], new Float32Array(4096 * 4096)),
      );
      await assert.rejects(tf.models.loadWeights(session, model, wrong), /classifier\.1\.weight/);
    });
  });
});
