import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compile } from "../../src/compiler/compile.ts";
import type { CompileOptions } from "../../src/compiler/request.ts";
import * as tf from "../../src/index.ts";
import { mulberry32 } from "../sweeps/random-net.ts";
import { opsOf } from "./support/build.ts";
import { differences, train, type Training } from "./support/train.ts";

const backends = { reference: tf.reference(), wasm: tf.wasm({ threads: 2 }) };

/** `pool(relu(x))` with the gradient of x; x is full of ties, zeros of both signs, NaN and infinities. */
function pooled(
  { ksize, stride, padding }: { ksize: number; stride: number; padding: "SAME" | "VALID" },
  alsoReads = false,
): Training {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const shape = [2, 7, 9, 11];
    const x = tf.placeholder("float32", shape);
    const y: tf.Tensor = tf.nn.relu(x);
    const pool: tf.Tensor = tf.nn.maxPool(y, { ksize: [1, ksize, ksize, 1], strides: [1, stride, stride, 1], padding });
    const weights = tf.placeholder("float32", pool.shape);
    const loss = tf.reduceSum(tf.mul(pool, weights));
    const [dx] = tf.gradients(alsoReads ? tf.add(loss, tf.reduceSum(y)) : loss, [x]);
    const random = mulberry32(ksize * 10 + stride);
    const special = [0, -0, 1, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const numbers = (of: readonly (number | null)[]): Float32Array<ArrayBuffer> =>
      Float32Array.from({ length: of.reduce<number>((size, dimension) => size * dimension!, 1) }, () =>
        random() < 0.5 ? random() - 0.5 : special[Math.floor(random() * special.length)]!,
      );
    const feeds: Training["feeds"] = [
      [x, shape, numbers(shape)],
      [weights, pool.shape as number[], numbers(pool.shape)],
    ];
    return { graph, initialize: [], fetches: [dx!], feeds, variables: [] };
  });
}

describe("maskPooled", () => {
  for (const [name, backend] of Object.entries(backends)) {
    for (const window of [
      { ksize: 2, stride: 2, padding: "VALID" },
      { ksize: 3, stride: 2, padding: "VALID" },
      { ksize: 3, stride: 1, padding: "SAME" },
      { ksize: 2, stride: 3, padding: "SAME" },
    ] as const) {
      it(`${name}: the same bits, k=${window.ksize} s=${window.stride} p=${window.padding}`, async () => {
        const training = pooled(window);
        const without = await train(training, backend, { without: ["maskPooled"] }, 1);
        const masked = await train(training, backend, {}, 1);
        assert.deepEqual(differences(without, masked), []);
        const order = (ops: string[]): string => ops.filter((op) => op.endsWith("Grad")).join(" ");
        assert.equal(order(opsOf(without.plan)), "MaxPoolGrad ReluGrad");
        assert.equal(order(opsOf(masked.plan)), "ReluGrad MaxPoolGrad");
      });
    }
  }

  it("leaves a relu that somebody else reads as well: its gradient is a sum", async () => {
    const { plan } = await train(pooled({ ksize: 2, stride: 2, padding: "VALID" }, true), backends.reference, {}, 1);
    assert.ok(opsOf(plan).indexOf("ReluGrad") > opsOf(plan).indexOf("MaxPoolGrad"), opsOf(plan).join(" "));
  });

  it("training VGG16 at batch 32 keeps a third less", async () => {
    const { target } = await backends.wasm.open();
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const images = tf.placeholder("float32", [32, 224, 224, 3]);
      const { output, parameters } = tf.models.buildFeatures(images, tf.models.architectures.vgg16, {
        normalization: "none",
        training: true,
        initializer: tf.models.heNormal,
      });
      const fetches = tf.gradients(tf.nn.l2Loss(output), parameters).map((gradient) => gradient!);
      const arenaOf = (options: CompileOptions): number =>
        compile({ graph, fetches, feeds: [{ tensor: images, shape: [32, 224, 224, 3] }], target, options }).arenaBytes;
      const part = arenaOf({}) / arenaOf({ without: ["maskPooled"] });
      assert.ok(part < 0.67, `${part}`);
    });
  });
});
