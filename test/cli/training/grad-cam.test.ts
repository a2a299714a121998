import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "millrace";
import { gradCam, withHeat } from "../../../cli/training/grad-cam.ts";

test("heat is where the features are that speak for the class", async () => {
  await new tf.Graph().asDefault(async () => {
    // One channel is the image itself and speaks for class 1; the other is its negative and speaks against it.
    const images: tf.Tensor = tf.placeholder("float32", [null, 2, 2, 1]);
    const convolution: tf.Tensor = tf.nn.conv2d(images, [[[[1, -1]]]], { strides: [1, 1, 1, 1], padding: "SAME" });
    const means: tf.Tensor = tf.reduceMean(convolution, { axis: [1, 2] });
    const logits: tf.Tensor = tf.matmul(means, [
      [0, 3],
      [0, -1],
    ]);
    await using session = new tf.Session({ backend: tf.reference() });
    const explain = gradCam({ images, logits, firstConvolution: convolution, lastConvolution: convolution });
    const heat = await explain(session, Float32Array.of(0, 2, 1, -5), 1);
    assert.deepEqual([[...heat.values], heat.height, heat.width], [[0, 1, 0.5, 0], 2, 2]);
    assert.deepEqual([...(await explain(session, Float32Array.of(0, 2, 1, -5), 0)).values], [0, 0, 0, 0]);
    const { pixels } = withHeat({ pixels: new Uint8Array(4).fill(100), height: 2, width: 2, channels: 1 }, heat);
    assert.deepEqual([...pixels.subarray(0, 6)], [100, 100, 100, 193, 40, 40]);
  });
});
