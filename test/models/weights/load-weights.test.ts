import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as tf from "../../../src/index.ts";
import { logitsOf, type NarrowNet, narrowNet, withNet } from "./narrow-nets.ts";

const NETS = ["vgg11", "vgg11_bn", "alexnet"] as const;

function assertLogits(actual: tf.NDArray, { logits }: NarrowNet): void {
  const expected = logits.flat();
  const largest = Math.max(...expected.map(Math.abs));
  for (const [index, value] of expected.entries()) {
    assert.ok(
      Math.abs(actual.data[index]! - value) <= 1e-5 * largest,
      `logit ${index} is ${actual.data[index]}, PyTorch's ${value}`,
    );
  }
}

function renamed(
  weights: ReadonlyMap<string, tf.NDArray>,
  rename: (name: string, array: tf.NDArray) => [string, tf.NDArray],
): Map<string, tf.NDArray> {
  return new Map([...weights].map(([name, array]) => rename(name, array)));
}

describe("weights of torchvision", () => {
  for (const name of NETS) {
    test(`${name}: logits are PyTorch's`, async () => {
      const net = narrowNet(name);
      await withNet(net, async (model, session) => {
        const before = session.graph.operations.length;
        const report = await tf.models.loadWeights(session, model, net.weights);
        assert.equal(session.graph.operations.length, before, "loading adds nothing to the graph");
        assert.equal(report.naming, "torchvision");
        assert.equal(report.loaded.length, net.weights.size);
        assertLogits(await logitsOf(net, model, session), net);
      });
    });

    test(`${name}: what is exported is what was imported`, async () => {
      const net = narrowNet(name);
      await withNet(net, async (model, session) => {
        await tf.models.loadWeights(session, model, net.weights);
        const exported = await tf.models.exportWeights(session, model, "torchvision");
        assert.deepEqual([...exported.keys()].sort(), [...net.weights.keys()].sort());
        for (const [key, { shape, data }] of exported) {
          assert.deepEqual(shape, net.weights.get(key)!.shape, key);
          // Variances go through a sum with the epsilons; all others keep their bits.
          const slack = key.endsWith("running_var") ? 1e-6 : 0;
          for (const [index, value] of data.entries())
            assert.ok(Math.abs(value - net.weights.get(key)!.data[index]!) <= slack, key);
        }
      });
    });
  }
});

describe("weights of others", () => {
  /** Loads torchvision's, exports them by `naming`, and loads that into a new model. */
  const through = async (
    name: (typeof NETS)[number],
    naming: tf.models.Naming,
  ): Promise<ReadonlyMap<string, tf.NDArray>> => {
    const net = narrowNet(name);
    const exported = await withNet(net, async (model, session) => {
      await tf.models.loadWeights(session, model, net.weights);
      return tf.models.exportWeights(session, model, naming);
    });
    await withNet(net, async (model, session) => {
      const report = await tf.models.loadWeights(session, model, exported);
      assert.equal(report.naming, naming);
      assertLogits(await logitsOf(net, model, session), net);
    });
    return exported;
  };

  test("our own", async () => {
    const names = [...(await through("vgg11_bn", "millrace")).keys()];
    assert.deepEqual(
      names.slice(0, 6),
      ["weights", "biases", "gamma", "beta", "moving_mean", "moving_variance"].map((role) => `conv1_1/${role}`),
    );
  });

  test("keras", async () => {
    const exported = await through("vgg11_bn", "keras");
    assert.deepEqual(exported.get("block1_conv1/kernel")!.shape, [3, 3, 3, 4]);
    assert.deepEqual(exported.get("predictions/kernel")!.shape, [16, 5]);
    assert.ok(exported.has("block1_conv1_bn/moving_variance"));
    await through("alexnet", "keras");
  });

  test("keras' numbered variables", async () => {
    const exported = await through("vgg11_bn", "keras-variables");
    assert.ok(
      exported.has("layers/conv2d/vars/0") &&
        exported.has("layers/conv2d_7/vars/1") &&
        exported.has("layers/dense_2/vars/0"),
    );
  });

  test("timm, whose first two fully connected layers are convolutions; under the name transformers gives the model", async () => {
    const exported = await through("vgg11", "timm");
    assert.deepEqual(exported.get("pre_logits.fc1.weight")!.shape, [24, 32, 2, 2]);
    assert.deepEqual(exported.get("pre_logits.fc2.weight")!.shape, [16, 24, 1, 1]);
    // Row-major, the same elements as torchvision's [24, 128].
    assert.deepEqual(
      exported.get("pre_logits.fc1.weight")!.data,
      narrowNet("vgg11").weights.get("classifier.0.weight")!.data,
    );
    const net = narrowNet("vgg11");
    await withNet(net, async (model, session) => {
      await tf.models.loadWeights(
        session,
        model,
        renamed(exported, (name, array) => [`timm_model.${name}`, array]),
      );
      assertLogits(await logitsOf(net, model, session), net);
    });
  });

  test("timm has no alexnet", async () => {
    const net = narrowNet("alexnet");
    await withNet(net, async (model, session) => {
      await tf.models.loadWeights(session, model, net.weights);
      await assert.rejects(tf.models.exportWeights(session, model, "timm"), /alexnet have no names in "timm"/);
    });
  });
});

describe("what does not fit", () => {
  test("everything that is missing, too much or misshapen is listed at once, and nothing is assigned", async () => {
    const net = narrowNet("vgg11");
    await withNet(net, async (model, session) => {
      const weights = new Map(net.weights);
      weights.delete("features.3.bias");
      weights.set("features.0.weight", new tf.NDArray("float32", [4, 3, 5, 5], new Float32Array(300)));
      weights.set("classifier.6.bias", new tf.NDArray("int32", [5], new Int32Array(5)));
      weights.set("aux.weight", new tf.NDArray("float32", [1], new Float32Array(1)));
      await assert.rejects(tf.models.loadWeights(session, model, weights), (error) => {
        assert.ok(error instanceof tf.ValueError);
        assert.deepEqual(
          error.operands.map(({ name, value }) => [name, value]),
          [
            ["features.0.weight", "[4, 3, 5, 5] float32"],
            ["features.3.bias", "missing"],
            ["classifier.6.bias", "[5] int32"],
            ["aux.weight", "[1]"],
          ],
        );
        return true;
      });
      await assert.rejects(logitsOf(net, model, session), tf.UninitializedError);
    });
  });

  test("batches counted by PyTorch's normalizations are left out", async () => {
    const net = narrowNet("vgg11_bn");
    const weights = new Map(net.weights).set(
      "features.1.num_batches_tracked",
      new tf.NDArray("int32", [], Int32Array.of(3)),
    );
    await withNet(net, (model, session) => tf.models.loadWeights(session, model, weights));
  });

  test("extra tensors are an error, unless they are allowed", async () => {
    const net = narrowNet("alexnet");
    const weights = new Map(net.weights).set("aux", new tf.NDArray("float32", [], Float32Array.of(3)));
    await withNet(net, async (model, session) => {
      await assert.rejects(tf.models.loadWeights(session, model, weights), /aux.*\n.*allowExtra/);
      assert.deepEqual((await tf.models.loadWeights(session, model, weights, { allowExtra: true })).extra, ["aux"]);
    });
  });

  test("skipped layers keep their values, whatever the file has for them", async () => {
    const net = narrowNet("vgg11");
    const weights = new Map(net.weights).set(
      "classifier.6.weight",
      new tf.NDArray("float32", [1000, 16], new Float32Array(16_000)),
    );
    await withNet(net, async (model, session) => {
      await session.run(tf.globalVariablesInitializer());
      const last = model.parameters.at(-2)!;
      const before = await session.run(last);
      const report = await tf.models.loadWeights(session, model, weights, { skip: ["fc3"] });
      assert.deepEqual(report.skipped, ["fc3/weights", "fc3/biases"]);
      assert.deepEqual(await session.run(last), before);
      await assert.rejects(tf.models.loadWeights(session, model, weights, { skip: ["fc9"] }), /"fc9" matches no layer/);
    });
  });

  test("names of nobody", async () => {
    const net = narrowNet("vgg11");
    await withNet(net, async (model, session) => {
      const weights = renamed(net.weights, (name, array) => [`x${name}`, array]);
      await assert.rejects(
        tf.models.loadWeights(session, model, weights),
        /none of the names are known[\s\S]*xfeatures.0.weight[\s\S]*torchvision/,
      );
      await assert.rejects(tf.models.loadWeights(session, model, new Map()), /no tensors/);
    });
  });
});
