import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Tensor } from "../../src/graph/tensor.ts";
import { add, assignSub, group, mul, placeholder, relu, reluGrad, variable } from "../../src/ops/index.ts";
import { inGraph, planOf } from "./support/build.ts";

describe("large graphs", () => {
  it("a chain of 20,000 operations compiles, deep as it is", () =>
    inGraph(() => {
      const x = placeholder("float32", [4]);
      let y: Tensor = x;
      for (let depth = 0; depth < 20_000; depth++) y = relu(y);
      const plan = planOf([y], [[x, [4]]], { verify: false });
      assert.deepEqual([plan.steps.length, plan.arenaBytes], [20_000, 128]);
    }));

  it("5,000 steps of training compile in well under a second", () =>
    inGraph(() => {
      const x = placeholder("float32", [32, 4]);
      const layers: { weights: Tensor; y: Tensor }[] = [];
      let y: Tensor = x;
      for (let layer = 0; layer < 1000; layer++) {
        const weights = variable([1, 1, 1, 1]);
        y = relu(add(y, weights));
        layers.push({ weights, y });
      }
      let dy = y;
      const updates = layers.toReversed().map((layer) => {
        dy = reluGrad(dy, layer.y);
        return assignSub(layer.weights, mul(layer.weights, 0.5));
      });
      const before = process.cpuUsage();
      const plan = planOf([group(...updates, dy)], [[x, [32, 4]]], { verify: false });
      const { user } = process.cpuUsage(before);
      assert.equal(plan.steps.length, 5000);
      // 0.1 to 0.3 s on one core of a 2022 server, the garbage collector's threads included; a quadratic pass takes far more.
      assert.ok(user < 2e6, `took ${user / 1000} ms of processor time`);
    }));
});
