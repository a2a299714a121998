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

  for (const patience of [1, 2, 3]) {
    test(`early stopping ends after ${patience} epochs without improvement`, async () => {
      const { end, epochs, history } = await fit({
        learningRate: 1e-12,
        epochs: 20,
        earlyStopping: { patience, minDelta: 0.5 },
      });
      // The first epoch improves on nothing.
      assert.deepEqual([end, epochs, history.length], ["early stopping", 1 + patience, 1 + patience]);
    });
  }

  describe("what is no number", () => {
    /** Harmless, but for one step: 1e39 makes infinite weights, 1e38 finite ones, with which the network computes NaN. */
    const burst = (step: number, rate = 1e39): tf.train.Schedule => ({
      rate: (now) => (now.step === step - 1 ? rate : 0.01),
    });
    const stepsPerEpoch = learned.labels.length / 32;

    test("a loss ends the run; there is no word of a checkpoint where there is none", async () => {
      await assert.rejects(fit({ learningRate: 1e30 }), (error) => {
        assert.ok(error instanceof tf.NumericsError);
        assert.match(error.message, /the loss is (NaN|Infinity) at step \d/);
        assert.doesNotMatch(error.message, /checkpoint/);
        return true;
      });
    });

    for (const [name, rate, problem, more] of [
      ["weights", 1e39, /is not finite after step 40/, {}],
      ["weights, with validation", 1e39, /is not finite after step 40/, { validation: digits(seen, 100) }],
      ["results", 1e38, /validated after step 40: .*image \d+ is no number/, { validation: digits(seen, 100) }],
    ] as const) {
      test(`${name} after an epoch's last step: neither best nor kept`, async () => {
        const checkpoints = new Memory();
        const best: number[] = [];
        const onEpoch = ({ epoch, isBest }: tf.train.EpochReport): void => void (isBest && best.push(epoch));
        const options = { checkpoints, callbacks: [{ onEpoch }], ...more };
        await assert.rejects(fit({ ...options, learningRate: burst(2 * stepsPerEpoch, rate) }), (error) => {
          assert.ok(error instanceof tf.NumericsError, String(error));
          assert.match(error.message, problem);
          assert.ok(error.message.includes(`learning rate  ${rate}`), error.message);
          assert.match(error.message, /The last checkpoint, of step 20, is from before/);
          return true;
        });
        assert.deepEqual(best, [1]);
        assert.deepEqual([checkpoints.saved.length, (await checkpoints.latest())?.state.step], [1, stepsPerEpoch]);
      });
    }

    test("weights in the middle of an epoch are not kept, nor is the run's end a success", async () => {
      const checkpoints = new Memory();
      const middle = { learningRate: burst(4), steps: 4 };
      await assert.rejects(fit({ ...middle, checkpoints, checkpointEvery: 2, epochs: 1 }), /after step 4/);
      assert.deepEqual([checkpoints.saved.length, (await checkpoints.latest())?.state.step], [1, 2]);
      await assert.rejects(fit(middle), tf.NumericsError);
    });

    test("the last checkpoint is from before only where it is", async () => {
      const options = { checkpoints: new Memory(), checkpointEvery: 1, learningRate: burst(3, 1e38), epochs: 1 };
      await assert.rejects(fit(options), /the loss is NaN at step 4(.|\n)*of step 3, has the same weights/);
    });

    test("evaluate names the image", async () => {
      await new tf.Graph().asDefault(async () => {
        await using session = new tf.Session({ backend: one!.backend });
        const images: tf.Tensor = tf.placeholder("float32", [null, 1, 1, 2]);
        const network = { images, logits: tf.layers.flatten(images) };
        const values = Float32Array.of(1, 2, -Infinity, 0, 3, NaN);
        const data = tf.train.arrayBatches(values, Int32Array.of(1, 1, 1), { imageShape: [1, 1, 2], batchSize: 2 });
        await assert.rejects(tf.train.evaluate({ session, network, data }), (error) => {
          assert.ok(error instanceof tf.NumericsError);
          assert.match(error.message, /image 2 .*\n +logits +\[3, NaN\]/);
          return true;
        });
      });
    });
  });

  test("a validation that fails is made up for, the epoch is not done again; the same, bit by bit", async () => {
    const whole = new Memory();
    const { epochs } = await fit({ checkpoints: whole, validation: digits(seen, 100) });
    const parts = new Memory();
    const torn: tf.train.BatchSource = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new tf.FormatError({ problem: "6.png: it is broken." })),
      }),
    };
    const again = { checkpoints: parts, resume: true };
    for (let epoch = 1; epoch <= epochs; epoch++) {
      await assert.rejects(fit({ ...again, validation: torn }), /6\.png/);
      const { isValidating, step } = (await parts.latest())!.state;
      assert.deepEqual([isValidating, step], [true, epoch * 20]);
      if (epoch < epochs) await fit({ ...again, validation: digits(seen, 100), epochs: epoch });
    }
    await fit({ ...again, validation: digits(seen, 100) });
    assertSameBytes(parts.saved.at(-1)!, whole.saved.at(-1)!);
  });

  describe("onEnd", () => {
    const failing = (message: string): tf.train.FitCallback => ({
      onEnd: () => {
        throw new Error(message);
      },
    });

    test("of all callbacks is called, and the first one's error told", async () => {
      let ends = 0;
      const callbacks = [failing("first"), failing("second"), { onEnd: (): void => void ends++ }];
      await assert.rejects(fit({ steps: 1, callbacks }), /^Error: first$/);
      assert.equal(ends, 1);
    });

    test("does not hide why the run failed", async () => {
      let ends = 0;
      const callbacks = [failing("first"), stopAt(1), { onEnd: (): void => void ends++ }];
      await assert.rejects(fit({ callbacks }), Stop);
      assert.equal(ends, 1);
    });
  });

  test("data that can be iterated once: its second epoch says so, not that there are no batches", async () => {
    async function* once(): AsyncGenerator<tf.train.Batch> {
      yield* digits();
    }
    const data = {
      [Symbol.asyncIterator]: (
        (batches) => () =>
          batches
      )(once()),
    };
    await assert.rejects(fit({ data, imageShape: IMAGE }), /gave batches once, and none in epoch 2/);
    const none = { async *[Symbol.asyncIterator](): AsyncGenerator<tf.train.Batch> {} };
    await assert.rejects(fit({ data: none, imageShape: IMAGE }), /the data has no batches/);
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
    "more batches a step than there are": { accumulate: 41 },
    "no learning rate": { learningRate: undefined as never },
    "an optimizer that is none yet": { optimizer: new tf.train.AdamOptimizer() as never },
    "a function that returns no optimizer": { optimizer: (() => {}) as never },
    "no network": { network: undefined as never },
    "a network that returns nothing": { network: (() => {}) as never },
  })) {
    test(`refused: ${name}`, async () => {
      let steps = 0;
      const onStep = (): void => void steps++;
      await assert.rejects(fit({ ...options, callbacks: [{ onStep }] }), tf.ValueError);
      assert.equal(steps, 0);
    });
  }

  test("a step of all batches of all epochs is one", async () => {
    assert.equal((await fit({ accumulate: 40 })).steps, 1);
  });
});
