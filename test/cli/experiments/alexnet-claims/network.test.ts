import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "millrace";
import { miniatureAlexnet, type NetworkParts } from "../../../../cli/experiments/alexnet-claims/network.ts";

const BASE: NetworkParts = { activation: "relu", normalization: "lrn", dropout: false };

/** Initial weights by name, and the logits of an image in training. */
function built(
  parts: Partial<NetworkParts>,
  graphSeed = 1,
): Promise<{ weights: Map<string, Float32Array>; logits: Float32Array }> {
  const graph = new tf.Graph();
  graph.seed = graphSeed;
  return graph.asDefault(async () => {
    const images: tf.Tensor = tf.placeholder("float32", [null, 32, 32, 3]);
    const logits = miniatureAlexnet({ images, training: true }, 10, { ...BASE, ...parts });
    await using session = new tf.Session({ graph });
    await session.run(tf.globalVariablesInitializer());
    const weights = new Map<string, Float32Array>();
    for (const variable of tf.globalVariables(graph)) {
      const name = variable.op.name;
      if (name.endsWith("/weights")) weights.set(name, Float32Array.from((await session.run(variable)).data));
    }
    const image = Float32Array.from({ length: 2 * 32 * 32 * 3 }, (_, at) => Math.sin(at));
    const result = await session.run(logits, [[images, image]]);
    return { weights, logits: Float32Array.from(result.data) };
  });
}

function bytes(values: Float32Array): string {
  return Buffer.from(values.buffer).toString("base64");
}

describe("miniatureAlexnet", () => {
  test("networks that differ in one part begin with the same weights, bit by bit", async () => {
    const base = await built({});
    assert.deepEqual(
      [...base.weights.keys()],
      ["conv1/weights", "conv2/weights", "conv3/weights", "fc4/weights", "logits/weights"],
    );
    for (const parts of [{ normalization: "none" }, { normalization: "batch" }, { dropout: true }] as const) {
      const other = await built(parts);
      for (const [name, values] of base.weights) {
        assert.ok(bytes(values) === bytes(other.weights.get(name)!), `${JSON.stringify(parts)} ${name}`);
      }
      assert.ok(bytes(base.logits) !== bytes(other.logits), `${JSON.stringify(parts)} changes nothing`);
    }
  });

  test("other activations have the same draws at their own scale", async () => {
    const base = await built({});
    for (const [activation, gain] of [
      ["tanh", 1],
      ["sigmoid", 4],
    ] as const) {
      const { weights } = await built({ activation });
      for (const [name, values] of base.weights) {
        const ratio = name === "logits/weights" ? 1 : gain / Math.SQRT2;
        const other = weights.get(name)!;
        const worst = values.reduce((most, value, at) => Math.max(most, Math.abs(other[at]! - ratio * value)), 0);
        assert.ok(worst < 1e-6, `${activation} ${name}: ${worst}`);
      }
    }
  });

  test("another seed draws other weights", async () => {
    const [one, two] = [await built({}, 1), await built({}, 2)];
    assert.ok(bytes(one.weights.get("conv1/weights")!) !== bytes(two.weights.get("conv1/weights")!));
  });

  test("it is deterministic in use: no dropout, running statistics", () => {
    const images: tf.Tensor = tf.placeholder("float32", [null, 32, 32, 3]);
    const logits = miniatureAlexnet({ images, training: false }, 7, { ...BASE, dropout: true });
    assert.deepEqual(logits.shape, [null, 7]);
    assert.equal(
      logits.graph.operations.some(({ type }) => type === "Dropout"),
      false,
    );
  });
});
