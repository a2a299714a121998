import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeNode, makeValue, type Program, type Value } from "../../src/compiler/ir.ts";
import { recompute } from "../../src/compiler/passes/recompute.ts";
import { verifyProgram } from "../../src/compiler/verify.ts";
import * as tf from "../../src/index.ts";
import { AssignAdd, Mul, Neg, ReluGrad } from "../../src/ops/index.ts";
import { randomTraining } from "./support/random-training.ts";
import { differences, train, type Training } from "./support/train.ts";

const backend = tf.wasm({ threads: 2 });

/** Convolutions one behind the other, trained with momentum: every result waits for its gradient. */
function deepNet(layers: number, side = 16): Training {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const shape = [2, side, side, 8];
    const images = tf.placeholder("float32", shape, { name: "images" });
    let x: tf.Tensor = images;
    for (let layer = 1; layer <= layers; layer++) {
      const filter = tf.variable(tf.truncatedNormal([3, 3, 8, 8], { stddev: 0.2, seed: layer }));
      x = tf.nn.relu(tf.nn.conv2d(x, filter, { padding: "SAME" }), { name: `layer${layer}` });
    }
    const loss = tf.nn.l2Loss(x);
    const step = new tf.train.MomentumOptimizer(1e-4, 0.9).minimize(loss);
    const data = Float32Array.from({ length: 2 * side * side * 8 }, (_, index) => Math.sin(index));
    return {
      graph,
      initialize: [tf.globalVariablesInitializer()],
      fetches: [loss, step],
      feeds: [[images, shape, data]],
      variables: tf.globalVariables(),
    };
  });
}

describe("recompute", () => {
  it("a deep net in 60% of the memory: the same bits", async () => {
    const training = deepNet(12);
    const plain = await train(training, backend, {});
    assert.equal(plain.plan.fitting, null);
    const wantedBytes = plain.plan.arenaBytes;
    const limitBytes = Math.floor(wantedBytes * 0.6);
    const less = await train(training, backend, { arenaLimit: limitBytes });
    assert.ok(less.plan.arenaBytes <= limitBytes, `${less.plan.arenaBytes} of ${limitBytes}`);
    assert.deepEqual(differences(plain, less), []);
    const again = less.plan.steps.map(({ name }) => name).filter((name) => name.endsWith("/again"));
    assert.deepEqual(less.plan.fitting, { limitBytes, wantedBytes, again, parts: 1 });
    assert.ok(again.length > 0 && again.length <= 12, again.join(" "));
  });

  it("needs about twice the square root of the layers when it must", async () => {
    const training = deepNet(36);
    const { plan } = await train(training, backend, {}, 0);
    let least = plan.arenaBytes;
    for (let part = 0.9; part > 0.1; part -= 0.05) {
      const { arenaBytes, fitting } = (
        await train(training, backend, { arenaLimit: plan.arenaBytes * part, without: ["splitBatch"] }, 0)
      ).plan;
      if (fitting === null) break;
      least = Math.min(least, arenaBytes);
    }
    assert.ok(least < 0.4 * plan.arenaBytes, `${least} of ${plan.arenaBytes}`);
  });

  it("does nothing where it would not help: the plan is the one without a limit", async () => {
    const training = deepNet(3);
    const plain = await train(training, backend, {});
    const { plan } = await train(training, backend, { arenaLimit: 20_000, without: ["splitBatch"] });
    assert.deepEqual(
      [plan.fitting, plan.arenaBytes, plan.steps.length],
      [null, plain.plan.arenaBytes, plain.plan.steps.length],
    );
  });

  it("random nets: the same bits with less memory", async () => {
    let fitted = 0;
    for (let seed = 1; seed <= 30; seed++) {
      if (seed % 6 === 0) continue; // The large ones take long.
      const training = randomTraining(seed);
      const plain = await train(training, backend, {});
      for (const part of [0.9, 0.7]) {
        const arenaLimit = Math.floor(plain.plan.arenaBytes * part);
        const less = await train(training, backend, { arenaLimit, without: ["splitBatch"] });
        assert.deepEqual(differences(plain, less), [], `net ${seed} in ${part} of its memory`);
        if (less.plan.fitting === null) continue;
        fitted++;
        assert.ok(less.plan.arenaBytes <= arenaLimit, `net ${seed} in ${part} of its memory`);
      }
    }
    assert.ok(fitted >= 8, `${fitted} plans were changed`);
  });

  it("does not run a node again behind an assignment to what it reads", () => {
    const value = (source?: Value["source"]): Value => makeValue([4], "float32", source);
    const variable = new tf.Graph().asDefault(() => tf.variable([1, 2, 3, 4])).op;
    const before = value({ kind: "variable", variable });
    const after = value({ kind: "update", variable });
    const [product, negative, result] = [value(), value(), value()];
    const program: Program = {
      nodes: [
        makeNode({ def: Mul, name: "product", inputs: [before, before], outputs: [product] }),
        makeNode({ def: Neg, name: "negative", inputs: [product], outputs: [negative] }),
        makeNode({
          def: AssignAdd,
          name: "update",
          inputs: [before, negative],
          outputs: [after],
          updates: [{ input: 0, value: after }],
        }),
        makeNode({ def: ReluGrad, name: "result", inputs: [negative, product], outputs: [result] }),
      ],
      prologue: [],
      feeds: [],
      fetches: [result],
      kept: [],
      views: new Map(),
      checks: [],
    };
    assert.equal(recompute(program, new Map([[product, 1]])), null);
    const again = recompute(program, new Map([[negative, 2]]));
    assert.deepEqual(again?.again, ["negative/again"]);
    assert.deepEqual(again?.positions, [0, 1, 2, 3, 3]);
    verifyProgram(again.program, "recompute");
  });
});

describe("a session whose memory is too small", () => {
  const run = async (memoryLimitBytes: number): Promise<{ bytes: Buffer; text: string }> => {
    const own = tf.wasm({ threads: 2, memoryLimitBytes });
    try {
      const { graph, initialize, fetches, feeds } = deepNet(12, 96);
      await using session = new tf.Session({ graph, backend: own });
      await session.run(initialize);
      const fed = feeds.map(([tensor, , data]) => [tensor, data] as const);
      await session.run(fetches, fed);
      const [loss] = (await session.run(fetches, fed)) as [tf.NDArray];
      const { text } = await session.explain(fetches, fed);
      return { bytes: Buffer.from(String(loss.data[0])), text };
    } finally {
      await own.close();
    }
  };

  it("computes the same with what is computed twice, and explain says so", async () => {
    const plain = await run(2 ** 32);
    const small = await run(6 * 2 ** 20);
    assert.ok(small.bytes.equals(plain.bytes));
    assert.doesNotMatch(plain.text, /computed twice/);
    assert.match(
      small.text,
      /\nmade to fit into 3\.9 MiB instead of 7\.9 MiB:\n  computed twice, [\d.]+ GFLOP more: .*layer\d+/,
    );
  });

  it("says what is needed and what there is when that does not help", async () => {
    await assert.rejects(run(3 * 2 ** 20), (error: Error) => {
      assert.ok(error instanceof tf.MemoryError);
      assert.match(String(error), /arena .* MiB/);
      assert.match(String(error), /limit .*3\.0 MiB/);
      assert.match(error.fix ?? "", /batch/);
      return true;
    });
  });
});
