import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { add, assign, matmul, mul, placeholder, relu, variable } from "../../src/ops/index.ts";
import { inGraph, planOf } from "./support/build.ts";
import { Machine } from "./support/machine.ts";

describe("checkNumerics", () => {
  it("appends a count for each float32 result, in the order the steps run", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const big = mul(x, x, { name: "big" });
      const infinite = mul(big, big, { name: "infinite" });
      const y = add(infinite, 1, { name: "y" });
      const plan = planOf([y], [[x, [2]]], { checkNumerics: true });
      assert.deepEqual(
        plan.checks.map(({ name }) => name),
        ["big", "infinite", "y"],
      );
      assert.equal(plan.fetches.length, 1 + plan.checks.length);
      const counts = new Machine().run(plan, [[1e19, 1]]).slice(1);
      assert.deepEqual(counts, [[0], [1], [1]]);
    }));

  it("counts intermediates that would be fused away, and assigned values", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const product = matmul(x, x, { name: "product" });
      const update = assign(
        variable([
          [1, 2],
          [3, 4],
        ]),
        relu(product, { name: "relu" }),
        { name: "update" },
      );
      const plan = planOf([update], [[x, [2, 2]]], { checkNumerics: true });
      assert.deepEqual(
        plan.checks.map(({ name }) => name),
        ["product", "relu", "update"],
      );
    }));
});
