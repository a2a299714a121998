import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "../../src/index.ts";
import { testedBackends } from "../support/backends.ts";

const { backend } = testedBackends[0]!;

/** Two classes by the sign of their only pixel. */
const data = tf.train.arrayBatches(Float32Array.of(-1, 1, -2, 2), Int32Array.of(0, 1, 0, 1), {
  imageShape: [1, 1, 1],
  batchSize: 4,
});

const network: tf.train.BuildNetwork = ({ images }) =>
  tf.layers.dense(tf.layers.flatten(images), { units: 2, name: "fc" });

test("a network built for use gets a checkpoint's weights, the averaged ones where there are any", async () => {
  const saved: tf.train.Checkpoint[] = [];
  const checkpoints: tf.train.CheckpointStore = {
    save: (checkpoint) => {
      saved.push(checkpoint);
      return Promise.resolve();
    },
    latest: () => Promise.resolve(null),
  };
  const logitsOf = async (session: tf.Session, { images, logits }: tf.train.Classifier): Promise<number[]> => [
    ...(await session.run(logits, [[images, Float32Array.of(3)]])).data,
  ];
  const expected = await new tf.Graph().asDefault(async () => {
    await using session = new tf.Session({ backend });
    const result = await tf.train.fit({
      session,
      network,
      data,
      learningRate: 0.5,
      epochs: 3,
      ema: 0.5,
      seed: 1,
      checkpoints,
    });
    return await logitsOf(session, result.network);
  });
  await new tf.Graph().asDefault(async () => {
    const images: tf.Tensor = tf.placeholder("float32", [null, 1, 1, 1]);
    const logits = network({ images, training: false }) as tf.Tensor;
    await using session = new tf.Session({ backend });
    await tf.train.restoreNetwork(session, saved.at(-1)!.variables);
    assert.deepEqual(await logitsOf(session, { images, logits }), expected);
    tf.layers.dense(logits, { units: 2, name: "more" });
    await assert.rejects(tf.train.restoreNetwork(session, saved.at(-1)!.variables), /more\/weights +\[2, 2\] +missing/);
  });
});

test("a saver restores variables, not what random operations draw next", async () => {
  await new tf.Graph().asDefault(async () => {
    const v = tf.variable([1, 2]);
    const drawn = tf.randomNormal([3], { seed: 8 });
    await using session = new tf.Session({ backend });
    await using other = new tf.Session({ backend });
    for (const one of [session, other]) await one.run([v.initializer, drawn]);
    await new tf.train.Saver().restore(other, await new tf.train.Saver().save(session));
    assert.deepEqual(await other.run(drawn), await session.run(drawn));
  });
});
