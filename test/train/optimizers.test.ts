import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../src/index.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

/** Three steps from w = [1, -2], b = 0.5 on the loss sum((w - [3, 4])^2) / 2 + b^2, by hand. */
const START = { w: [1, -2], b: 0.5 };

type Update = (state: { w: number; g: number; t: number; slots: number[] }) => number;

/** Each optimizer with its rule for one number, as its paper or TensorFlow's documentation writes it. */
const optimizers: Readonly<Record<string, readonly [make: () => tf.train.Optimizer, update: Update]>> = {
  GradientDescent: [() => new tf.train.GradientDescentOptimizer(0.1), ({ w, g }) => w - 0.1 * g],
  Momentum: [
    () => new tf.train.MomentumOptimizer(0.1, 0.9),
    ({ w, g, slots }) => {
      slots[0] = 0.9 * (slots[0] ?? 0) + g;
      return w - 0.1 * slots[0];
    },
  ],
  Nesterov: [
    () => new tf.train.MomentumOptimizer(0.1, 0.9, { useNesterov: true }),
    ({ w, g, slots }) => {
      slots[0] = 0.9 * (slots[0] ?? 0) + g;
      return w - 0.1 * (g + 0.9 * slots[0]);
    },
  ],
  RMSProp: [
    () => new tf.train.RMSPropOptimizer(0.1, { decay: 0.8, momentum: 0.5, epsilon: 1e-3 }),
    ({ w, g, slots }) => {
      slots[0] = 0.8 * (slots[0] ?? 1) + 0.2 * g * g;
      slots[1] = 0.5 * (slots[1] ?? 0) + (0.1 * g) / Math.sqrt(slots[0] + 1e-3);
      return w - slots[1];
    },
  ],
  "RMSProp, centered": [
    () => new tf.train.RMSPropOptimizer(0.1, { decay: 0.8, momentum: 0.5, epsilon: 1e-3, centered: true }),
    ({ w, g, slots }) => {
      slots[0] = 0.8 * (slots[0] ?? 1) + 0.2 * g * g;
      slots[1] = 0.8 * (slots[1] ?? 0) + 0.2 * g;
      slots[2] = 0.5 * (slots[2] ?? 0) + (0.1 * g) / Math.sqrt(slots[0] - slots[1] ** 2 + 1e-3);
      return w - slots[2];
    },
  ],
  Adagrad: [
    () => new tf.train.AdagradOptimizer(0.1),
    ({ w, g, slots }) => {
      slots[0] = (slots[0] ?? 0.1) + g * g;
      return w - (0.1 * g) / Math.sqrt(slots[0]);
    },
  ],
  Adam: [() => new tf.train.AdamOptimizer(0.1), (state) => adam(state, 0)],
  AdamW: [
    () => new tf.train.AdamWOptimizer(0.1, { weightDecay: 0.05, decays: () => true }),
    (state) => adam(state, 0.05),
  ],
};

function adam({ w, g, t, slots }: Parameters<Update>[0], decay: number): number {
  slots[0] = 0.9 * (slots[0] ?? 0) + 0.1 * g;
  slots[1] = 0.999 * (slots[1] ?? 0) + 0.001 * g * g;
  const rate = (0.1 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
  return w - 0.1 * decay * w - (rate * slots[0]) / (Math.sqrt(slots[1]) + 1e-8);
}

function byHand(update: Update, steps: number): number[] {
  const target = [3, 4, 0];
  const scale = [1, 1, 2];
  return [...START.w, START.b].map((start, index) => {
    const slots: number[] = [];
    let w = start;
    for (let t = 1; t <= steps; t++) w = update({ w, g: scale[index]! * (w - target[index]!), t, slots });
    return w;
  });
}

for (const [name, [make, update]] of Object.entries(optimizers)) {
  describe(name, () => {
    for (const { name: backendName, backend } of [
      { name: "reference", backend: referenceBackend },
      ...testedBackends,
    ]) {
      test(`three steps by hand, ${backendName}`, async () => {
        await new tf.Graph().asDefault(async () => {
          const w = tf.variable(tf.constant(START.w), { name: "w" });
          const b = tf.variable(tf.constant(START.b), { name: "b" });
          const loss = tf.nn.l2Loss(w.sub([3, 4])).add(tf.square(b));
          const optimizer = make();
          const globalStep = tf.train.getOrCreateGlobalStep();
          const step = optimizer.minimize(loss, { globalStep });
          await using session = new tf.Session({ backend });
          await session.run(tf.globalVariablesInitializer());
          for (let t = 0; t < 3; t++) await session.run(step);
          const [ws, bs, count] = await session.run([w, b, globalStep]);
          const expected = byHand(update, 3);
          for (const [index, value] of [...ws.data, bs.item()].entries()) {
            assert.ok(Math.abs(value - expected[index]!) < 2e-6, `${value} is not ${expected[index]}`);
          }
          assert.equal(count.item(), 3);
        });
      });
    }

    test("vectors longer than a task, with a tail: the same as one number at a time", async () => {
      await new tf.Graph().asDefault(async () => {
        const n = 16384 + 13;
        const start = new tf.NDArray(
          "float32",
          [n],
          Float32Array.from({ length: n }, (_, i) => Math.sin(i)),
        );
        const v = tf.variable(tf.constant(start));
        const step = make().minimize(tf.nn.l2Loss(v));
        const results = [];
        for (const backend of [referenceBackend, testedBackends[0]!.backend, testedBackends[2]!.backend]) {
          await using session = new tf.Session({ backend });
          await session.run(tf.globalVariablesInitializer());
          await session.run(step);
          await session.run(step);
          results.push((await session.run(v)).data);
        }
        const [expected, one, three] = results;
        assert.deepEqual(one, three);
        for (let i = 0; i < n; i++) assert.ok(Math.abs(one![i]! - expected![i]!) < 1e-5, `element ${i}`);
      });
    });
  });
}

describe("optimizers in general", () => {
  test("a learning rate may be a placeholder", async () => {
    await new tf.Graph().asDefault(async () => {
      const v = tf.variable(tf.constant(1));
      const rate = tf.placeholder("float32", []);
      const step = new tf.train.GradientDescentOptimizer(rate).minimize(tf.square(v));
      await using session = new tf.Session({ backend: referenceBackend });
      await session.run(tf.globalVariablesInitializer());
      await session.run(step, [[rate, 0.25]]);
      assert.equal((await session.run(v)).item(), 0.5);
    });
  });

  test("only the variables asked for move, and untrainable ones stay", async () => {
    await new tf.Graph().asDefault(async () => {
      const a = tf.variable(tf.constant(1));
      const b = tf.variable(tf.constant(1));
      const c = tf.variable(tf.constant(1), { trainable: false });
      const loss = tf.addN([tf.square(a), tf.square(b), tf.square(c)]);
      const all = new tf.train.GradientDescentOptimizer(0.25).minimize(loss);
      const some = new tf.train.GradientDescentOptimizer(0.25).minimize(loss, { varList: [a] });
      await using session = new tf.Session({ backend: referenceBackend });
      await session.run(tf.globalVariablesInitializer());
      await session.run(all);
      await session.run(some);
      const values = await session.run([a, b, c]);
      assert.deepEqual(
        values.map((value) => value.item()),
        [0.25, 0.5, 1],
      );
    });
  });

  test("slots have names, and are reached by variable", () => {
    new tf.Graph().asDefault(() => {
      const v = tf.variable(tf.zeros([2]), { name: "layer/weights" });
      const optimizer = new tf.train.AdamOptimizer();
      optimizer.minimize(tf.nn.l2Loss(v.sub(1)));
      assert.deepEqual(optimizer.getSlotNames(), ["m", "v"]);
      assert.equal(optimizer.getSlot(v, "m")?.op.name, "layer/weights/Adam/m");
      assert.equal(optimizer.variables().length, 4);
    });
  });

  test("clipByGlobalNorm scales all gradients by one factor, and leaves small ones alone", async () => {
    await new tf.Graph().asDefault(async () => {
      const { clipped, globalNorm } = tf.clipByGlobalNorm([tf.constant([3, 0]), null, tf.constant([0, 4])], 2.5);
      const small = tf.clipByGlobalNorm([tf.constant([0.3, 0.4])], 1);
      await using session = new tf.Session({ backend: referenceBackend });
      const [a, none, b] = await session.run(clipped);
      assert.deepEqual([a?.toArray(), none, b?.toArray()], [[1.5, 0], null, [0, 2]]);
      assert.equal((await session.run(globalNorm)).item(), 5);
      const [kept] = await session.run(small.clipped);
      assert.ok(Math.abs(kept!.data[0]! - 0.3) < 1e-7);
    });
  });

  test("wrong hyperparameters are refused by name", () => {
    new tf.Graph().asDefault(() => {
      const loss = tf.square(tf.variable(tf.constant(1)));
      assert.throws(() => new tf.train.GradientDescentOptimizer(Number.NaN).minimize(loss), /learning_rate is NaN/);
      assert.throws(() => new tf.train.MomentumOptimizer(tf.zeros([2]), 0.9).minimize(loss), tf.ShapeError);
      assert.throws(() => new tf.train.AdagradOptimizer(0.1, { initialAccumulatorValue: 0 }), tf.ValueError);
    });
  });
});
