import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import type { Checkpoint, CheckpointStore, FitOptions, FitResult } from "../../src/train/index.ts";
import { testedBackends } from "../support/backends.ts";
import { drawDigits, SIDE } from "./digits.ts";

const IMAGE = [SIDE, SIDE, 1] as const;
const [one, two] = testedBackends;

const learned = drawDigits(640, 1);
const seen = drawDigits(200, 2);

function digits(set = learned, batchSize = 32): ReturnType<typeof tf.train.arrayBatches> {
  return tf.train.arrayBatches(set.images, set.labels, {
    imageShape: IMAGE,
    batchSize,
    shuffle: set === learned,
    seed: 3,
  });
}

/** A little network with everything that has a state: dropout, batch normalization. */
const small: tf.train.BuildNetwork = ({ images, training }) => {
  let x = tf.layers.conv2d(images, { filters: 4, kernelSize: 5, strides: 3, name: "conv1" });
  x = tf.nn.relu(tf.layers.batchNormalization(x, { training, name: "norm1" }));
  x = tf.layers.dropout(tf.layers.flatten(x), { rate: 0.2, training });
  return tf.layers.dense(x, { units: 10, name: "fc" });
};

/** Keeps what was saved as bytes, as a disk would. */
class Memory implements CheckpointStore {
  readonly saved: Uint8Array[] = [];
  save(checkpoint: Checkpoint): Promise<void> {
    this.saved.push(Buffer.concat(tf.train.checkpointPieces(checkpoint)));
    return Promise.resolve();
  }
  latest(): Promise<Checkpoint | null> {
    const bytes = this.saved.at(-1);
    return Promise.resolve(bytes === undefined ? null : tf.train.parseCheckpoint(bytes));
  }
}

function fit(options: Partial<FitOptions>, backend = one!.backend): Promise<FitResult> {
  return new tf.Graph().asDefault(async () => {
    await using session = new tf.Session({ backend });
    return await tf.train.fit({
      session,
      network: small,
      data: digits(),
      learningRate: 0.05,
      epochs: 2,
      seed: 1,
      ...options,
    });
  });
}

/** Not by deepEqual: it would explain megabytes of differences. */
function assertSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  const [a, b] = [actual, expected].map((bytes) => tf.train.parseCheckpoint(bytes));
  assert.deepEqual(a!.state, b!.state);
  assert.equal(Buffer.compare(actual, expected), 0);
}

class Stop extends Error {}

/** Ends the run as a kill does: in the middle, without a last checkpoint. */
function stopAt(step: number): tf.train.FitCallback {
  return {
    onStep: (report) => {
      if (report.step === step) throw new Stop();
    },
  };
}

describe("fit", () => {
  test("LeNet-5 learns digits it has not seen", async () => {
    await new tf.Graph().asDefault(async () => {
      await using session = new tf.Session({ backend: two!.backend });
      const { history, network, best } = await tf.train.fit({
        session,
        network: ({ images, training }) => tf.models.lenet5({ images, training }),
        data: digits(),
        validation: digits(seen, 100),
        learningRate: 0.05,
        epochs: 8,
        seed: 1,
      });
      assert.equal(history.length, 8);
      assert.ok(history[0]!.loss > history[7]!.loss);
      assert.ok(best !== null && best.value <= history[7]!.validation!.loss);
      const metrics = await tf.train.evaluate({ session, network, data: digits(seen, 64) });
      assert.ok(metrics.accuracy > 0.95, `accuracy ${metrics.accuracy}`);
      assert.equal(metrics.accuracy, history[7]!.validation!.accuracy);
      assert.equal(metrics.count, 200);
    });
  });

  const variants: Readonly<Record<string, Partial<FitOptions>>> = {
    "momentum, dropout, batch normalization": {},
    "Adam and moving averages": {
      optimizer: (learningRate) => new tf.train.AdamOptimizer({ learningRate }),
      ema: 0.9,
      learningRate: 0.002,
    },
    "three batches a step": { accumulate: 3 },
    "a plateau, clipping, weight decay, smoothing": {
      learningRate: tf.train.reduceOnPlateau(0.05, { patience: 0, threshold: 0.5 }),
      clipNorm: 1,
      weightDecay: 1e-3,
      labelSmoothing: 0.1,
    },
  };

  for (const [name, options] of Object.entries(variants)) {
    test(`stopped and resumed is the same, bit by bit: ${name}`, async () => {
      const whole = new Memory();
      const { steps } = await fit({ ...options, checkpoints: whole });
      const parts = new Memory();
      const again = { ...options, checkpoints: parts, checkpointEvery: 2, resume: true };
      const stops = [1, 4, Math.floor(steps / 2) + 1, steps];
      for (const step of stops) await assert.rejects(fit({ ...again, callbacks: [stopAt(step)] }), Stop);
      await fit(again, two!.backend);
      assertSameBytes(parts.saved.at(-1)!, whole.saved.at(-1)!);
    });
  }

  test("broken pictures at the end of an epoch: resumed is the same, bit by bit", async () => {
    const source = tf.data.shapes({ size: SIDE, count: 44, seed: 1 });
    const order: number[] = [];
    for await (const { indices } of new tf.data.ImageBatches(source, { batchSize: 8, shuffle: true, seed: 3 }))
      order.push(...indices);
    // What is left behind the fourth batch looks like a fifth, and is none.
    const broken = new Set([order[3], ...order.slice(36, 41)]);
    const open = (): tf.data.ImageBatches => {
      const get: typeof source.get = (index) => {
        if (broken.has(index)) throw new tf.FormatError({ problem: "it is broken." });
        return source.get(index);
      };
      const { describe: _describe, ...rest } = source;
      const torn = { ...rest, get };
      const { resize, centerCrop, normalize } = tf.data.augment;
      return new tf.data.ImageBatches(torn, {
        batchSize: 8,
        shuffle: true,
        seed: 3,
        dropRemainder: true,
        channels: 1,
        transforms: [resize(SIDE), centerCrop(SIDE), normalize({ mean: 128, deviation: 64 })],
        onBroken: () => {},
      });
    };
    const whole = new Memory();
    const { steps, epochs } = await fit({ data: open(), checkpoints: whole });
    assert.equal(epochs, 2);
    const parts = new Memory();
    for (let step = 1; step <= steps; step++) {
      const again = { checkpoints: parts, checkpointEvery: 1, resume: true };
      await assert.rejects(fit({ ...again, data: open(), callbacks: [stopAt(step)] }), Stop);
    }
    await fit({ checkpoints: parts, resume: true, data: open() });
    assertSameBytes(parts.saved.at(-1)!, whole.saved.at(-1)!);
  });

  test("aborting ends after the step, with a checkpoint", async () => {
    const controller = new AbortController();
    const checkpoints = new Memory();
    const onStep = ({ step }: { step: number }): void => {
      if (step === 3) controller.abort();
    };
    const result = await fit({ checkpoints, signal: controller.signal, callbacks: [{ onStep }] });
    assert.deepEqual([result.end, result.steps], ["aborted", 3]);
    assert.equal((await checkpoints.latest())?.state.step, 3);
  });

  test("aborting ends a validation, which comes first when the run goes on; the same, bit by bit", async () => {
    const whole = new Memory();
    const { epochs } = await fit({ checkpoints: whole, validation: digits(seen, 16) });
    const parts = new Memory();
    const validation = digits(seen, 16);
    const validated: number[] = [];
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const controller = new AbortController();
      const onValidation = (report: tf.train.ValidationReport): void => {
        validated.push(report.epoch);
        if (report.epoch === epoch && report.images === 40) controller.abort();
      };
      const { signal } = controller;
      const result = await fit({ checkpoints: parts, validation, resume: true, signal, callbacks: [{ onValidation }] });
      assert.deepEqual([result.end, result.epochs], ["aborted", epoch - 1]);
      // It ends with the third batch of 16.
      assert.equal(validated.lastIndexOf(epoch) - validated.indexOf(epoch) + 1, 48);
    }
    const epochsEnded: number[] = [];
    const onEpoch = ({ epoch }: tf.train.EpochReport): void => void epochsEnded.push(epoch);
    const { end } = await fit({ checkpoints: parts, validation, resume: true, callbacks: [{ onEpoch }] });
    assert.deepEqual([end, epochsEnded], ["finished", [epochs]]);
    assertSameBytes(parts.saved.at(-1)!, whole.saved.at(-1)!);
  });

  test("data without a position: a validation that was stopped is made up for, the epoch is not done again", async () => {
    const withoutPosition = (): tf.train.BatchSource => {
      const { state: _state, restore: _restore, ...data } = digits();
      return data;
    };
    const controller = new AbortController();
    const options = { checkpoints: new Memory(), validation: digits(seen, 16), resume: true };
    const onValidation = (): void => controller.abort();
    const { signal } = controller;
    const stopped = await fit({ ...options, data: withoutPosition(), signal, callbacks: [{ onValidation }] });
    const { end, steps, epochs, history } = await fit({ ...options, data: withoutPosition() });
    assert.deepEqual([stopped.epochs, end, epochs, steps], [0, "finished", 2, 2 * stopped.steps]);
    assert.ok(history[0]!.loss > 0 && history[0]!.validation !== undefined);
  });

  test("resuming with other settings is refused, with both sides", async () => {
    const checkpoints = new Memory();
    await fit({ checkpoints, steps: 1, configuration: { model: "small", batchSize: 32 } });
    await assert.rejects(
      fit({ checkpoints, resume: true, configuration: { model: "small", batchSize: 16 } }),
      (error) => {
        assert.ok(error instanceof tf.ValueError);
        assert.match(error.message, /batchSize +32 +now 16/);
        return true;
      },
    );
  });

  test("what is frozen stays, bit by bit", async () => {
    await new tf.Graph().asDefault(async () => {
      await using session = new tf.Session({ backend: one!.backend });
      let before: tf.NDArray | null = null;
      const { graph } = await tf.train.fit({
        session,
        network: small,
        data: digits(),
        learningRate: 0.05,
        steps: 3,
        freeze: ["conv1"],
        initialize: async (run) => {
          before = await run.session.run(run.graph.variables[0]!);
        },
      });
      assert.deepEqual(
        graph.trained.map(({ op }) => op.name),
        ["norm1/gamma", "norm1/beta", "fc/weights", "fc/biases"],
      );
      const after = await session.run(graph.variables[0]!);
      assert.deepEqual(after.data, before!.data);
    });
  });

  test("early stopping waits as long as it is told", async () => {
    const { end, epochs, history } = await fit({
      learningRate: 1e-12,
      epochs: 20,
      earlyStopping: { patience: 1, minDelta: 0.5 },
    });
    assert.deepEqual([end, epochs, history.length], ["early stopping", 3, 3]);
  });

  test("a loss that is no number ends the run", async () => {
    await assert.rejects(fit({ learningRate: 1e30 }), tf.NumericsError);
  });

  test("a label without a class is refused", async () => {
    const data = tf.train.arrayBatches(new Float32Array(SIDE * SIDE), Int32Array.of(10), {
      imageShape: IMAGE,
      batchSize: 1,
    });
    await assert.rejects(fit({ data }), /a label is 10, the network has 10 classes/);
  });

  for (const [name, options] of Object.entries<Partial<FitOptions>>({
    "no end": { epochs: undefined as never },
    "half an epoch": { epochs: 0.5 },
    "all frozen": { freeze: ["*"] },
    "nothing frozen": { freeze: ["conv7"] },
    "too few class weights": { classWeights: [1, 2] },
    "smoothing of 1": { labelSmoothing: 1 },
    "no batches a step": { accumulate: 0 },
  })) {
    test(`refused: ${name}`, async () => {
      await assert.rejects(fit(options), tf.ValueError);
    });
  }
});
