import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import {
  add,
  assign,
  assignSub,
  biasAdd,
  constant,
  conv2d,
  globalVariablesInitializer,
  group,
  l2Loss,
  matmul,
  maxPool,
  mul,
  placeholder,
  randomUniform,
  relu,
  reluGrad,
  reshape,
  sub,
  variable,
  zeros,
} from "../../src/ops/index.ts";
import { inGraph, opsOf, planOf } from "./support/build.ts";
import { Machine } from "./support/machine.ts";

describe("mergeTwins", () => {
  it("merges what computes the same from the same, equal constants included", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const twins = [add(relu(x), constant([1, 2])), add(relu(x), constant([1, 2]))] as const;
      assert.deepEqual(opsOf(planOf([mul(...twins)], [[x, [2]]])), ["Relu", "Add", "Mul"]);
      assert.deepEqual(opsOf(planOf([mul(...twins)], [[x, [2]]], { without: ["mergeTwins"] })).length, 5);
    }));

  it("keeps different attributes, different constants and random ops apart", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const products = [matmul(x, x), matmul(x, x, { transposeA: true }), add(x, 0), add(x, -0)];
      assert.equal(opsOf(planOf(products, [[x, [2, 2]]])).length, 4);
      const random = planOf([randomUniform([2]), randomUniform([2])]);
      assert.deepEqual(
        [random.steps.length, random.randomOps.length, random.steps.map(({ counter }) => counter)],
        [2, 2, [0, 1]],
      );
    }));
});

describe("fuse", () => {
  const dense = (x: Tensor): { product: Tensor; sum: Tensor; y: Tensor } => {
    const product = matmul(
      x,
      variable([
        [1, 2],
        [3, 4],
      ]),
    );
    const sum = biasAdd(product, variable([1, -100]));
    return { product, sum, y: relu(sum) };
  };

  it("makes one step of product, bias and activation", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const { y } = dense(x);
      const [step, ...rest] = planOf([y], [[x, [2, 2]]]).steps;
      assert.deepEqual([step?.op, step?.name, step?.inputs.length, rest], ["FusedMatMul", y.op.name, 3, []]);
      assert.deepEqual(step?.attrs, { transposeA: false, transposeB: false, activation: "relu" });
    }));

  it("adds a vector on either side, with or without an activation; an activation alone", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const w = constant([
        [1, 2],
        [3, 4],
      ]);
      const plan = planOf([add(constant([1, 2]), matmul(x, w)), relu(matmul(x, w))], [[x, [2, 2]]], {
        without: ["mergeTwins"],
      });
      assert.deepEqual(opsOf(plan), ["FusedMatMul", "FusedMatMul"]);
      assert.deepEqual(
        plan.steps.map(({ inputs }) => inputs.length),
        [3, 2],
      );
      assert.deepEqual(new Machine().run(plan, [[1, 0, 0, -1]]), [
        [2, 4, -2, -2],
        [1, 2, 0, 0],
      ]);
    }));

  it("leaves intermediates that are fetched or read elsewhere", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const { product, sum, y } = dense(x);
      assert.deepEqual(opsOf(planOf([y, product], [[x, [2, 2]]])), ["MatMul", "BiasAdd", "Relu"]);
      assert.deepEqual(opsOf(planOf([y, sum], [[x, [2, 2]]])), ["FusedMatMul", "Relu"]);
      assert.deepEqual(opsOf(planOf([y, mul(sum, sum)], [[x, [2, 2]]])).toSorted(), ["FusedMatMul", "Mul", "Relu"]);
    }));

  it("training is fused as well: the activation's gradient reads its result", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      const { y } = dense(x);
      assert.deepEqual(opsOf(planOf([reluGrad(x, y)], [[x, [2, 2]]])), ["FusedMatMul", "ReluGrad"]);
    }));

  it("adds no matrix, and no vector along another axis", () =>
    inGraph(() => {
      const x = placeholder("float32", [2, 2]);
      assert.deepEqual(opsOf(planOf([add(matmul(x, x), x)], [[x, [2, 2]]])), ["MatMul", "Add"]);
      assert.deepEqual(opsOf(planOf([add(matmul(x, x), reshape(constant([1, 2]), [2, 1]))], [[x, [2, 2]]])), [
        "MatMul",
        "Add",
      ]);
    }));
});

describe("fuse, around convolutions", () => {
  const images = [1, 6, 6, 2];
  const pairs = { ksize: 2, strides: 2, padding: "VALID" } as const;
  const convolved = (x: Tensor): Tensor =>
    relu(biasAdd(conv2d(x, variable(zeros([3, 3, 2, 4])), { padding: "SAME" }), variable([1, 2, 3, 4])));

  it("makes one step of convolution, bias, relu and a max pool of pairs", () =>
    inGraph(() => {
      const x = placeholder("float32", images);
      const pooled = maxPool(convolved(x), pairs);
      const [step, ...rest] = planOf([pooled], [[x, images]]).steps;
      assert.deepEqual(
        [step?.op, step?.name, step?.inputs.length, rest],
        ["FusedConv2DMaxPool", pooled.op.name, 3, []],
      );
      assert.deepEqual(
        step?.outputs.map(({ shape }) => shape),
        [
          [1, 3, 3, 4],
          [1, 3, 3, 4],
        ],
      );
    }));

  it("the last row of an odd number is left out as the pool by itself does; SAME would pool it alone", () =>
    inGraph(() => {
      const x = placeholder("float32", [1, 7, 7, 2]);
      assert.deepEqual(opsOf(planOf([maxPool(convolved(x), pairs)], [[x, [1, 7, 7, 2]]])), ["FusedConv2DMaxPool"]);
      assert.deepEqual(opsOf(planOf([maxPool(convolved(x), { ...pairs, padding: "SAME" })], [[x, [1, 7, 7, 2]]])), [
        "FusedConv2D",
        "MaxPool",
      ]);
    }));

  it("leaves other windows, and results that are read elsewhere", () =>
    inGraph(() => {
      const x = placeholder("float32", images);
      const y = convolved(x);
      for (const other of [
        { ...pairs, ksize: 3 },
        { ...pairs, strides: 1 },
        {
          ...pairs,
          padding: [
            [1, 1],
            [0, 0],
          ],
        },
      ] as const) {
        assert.deepEqual(opsOf(planOf([maxPool(y, other)], [[x, images]])), ["FusedConv2D", "MaxPool"]);
      }
      assert.deepEqual(opsOf(planOf([maxPool(y, pairs), y], [[x, images]])), ["FusedConv2D", "MaxPool"]);
    }));

  it("training two convolutions, the second pooled: neither what is pooled nor the relu's gradient has a step", () =>
    inGraph(() => {
      const x = placeholder("float32", images);
      const [first, second] = [variable(zeros([3, 3, 2, 2])), variable(zeros([3, 3, 2, 4]))];
      const between = relu(conv2d(x, first, { padding: "SAME" }));
      const y = maxPool(relu(conv2d(between, second, { padding: "SAME" })), pairs);
      const ops = opsOf(planOf(gradients(l2Loss(y), [first, second]) as Tensor[], [[x, images]]));
      assert.deepEqual(ops.toSorted(), [
        "Conv2DBackpropFilter",
        "Conv2DBackpropFilter",
        "FusedConv2D",
        "FusedConv2DBackpropInput",
        "FusedConv2DMaxPool",
        "MaxPoolGrad",
        "Mul",
        "ReluGrad",
      ]);
    }));
});

describe("hoistConstants", () => {
  it("runs once what depends on constants alone", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const plan = planOf([mul(x, relu(add(constant([1, 2]), constant([3, -4]))))], [[x, [2]]]);
      assert.deepEqual([plan.prologue.map(({ op }) => op), opsOf(plan)], [["Add", "Relu"], ["Mul"]]);
      assert.deepEqual(new Machine().run(plan, [[10, 10]]), [[40, 0]]);
    }));

  it("a fetch of it survives runs of other plans in the same arena", () =>
    inGraph(() => assert.deepEqual(new Machine().run(planOf([relu(constant([-1, 2]))])), [[0, 2]])));
});

describe("schedule", () => {
  it("applies an update as soon as its gradient is there", () =>
    inGraph(() => {
      const x = placeholder("float32", [1000]);
      const weights = [1, 2, 3].map(() => variable(new Array<number>(1000).fill(1)));
      const slopes = weights.map((_, index) => mul(x, constant(index)));
      const plan = planOf([group(...weights.map((w, index) => assignSub(w, slopes[index]!)))], [[x, [1000]]]);
      assert.deepEqual(opsOf(plan), ["Mul", "AssignSub", "Mul", "AssignSub", "Mul", "AssignSub"]);
      const [one] = planOf([slopes[0]!], [[x, [1000]]], { without: ["inPlace"] }).steps;
      assert.ok(plan.arenaBytes <= 2 * 4032 + (one?.workspace?.bytes ?? 0) + 64, `${plan.arenaBytes}`);
    }));

  it("makes what only variables and constants are needed for when it is wanted, not before", () =>
    inGraph(() => {
      const w = variable([1, 2]);
      const early = sub(w, 1);
      const x = placeholder("float32", [2]);
      const plan = planOf([mul(relu(add(x, w)), early)], [[x, [2]]]);
      assert.deepEqual(opsOf(plan), ["Add", "Relu", "Sub", "Mul"]);
    }));
});

describe("in place", () => {
  it("an elementwise chain runs in one buffer", () =>
    inGraph(() => {
      const x = placeholder("float32", [64]);
      const plan = planOf([relu(add(relu(x), 1))], [[x, [64]]]);
      assert.equal(new Set(plan.steps.map(({ outputs }) => outputs[0]?.buffer)).size, 1);
    }));

  it("not into feeds, fetches, variables, constants, or what is read later", () =>
    inGraph(() => {
      const x = placeholder("float32", [4]);
      const v = variable([1, 2, 3, 4]);
      const fetched = mul(x, x);
      const later = add(fetched, x);
      const plan = planOf([fetched, relu(fetched), relu(x), relu(v), mul(relu(later), later)], [[x, [4]]]);
      const results = new Machine().run(plan, [[1, -1, 2, -2]]);
      assert.deepEqual(results, [
        [1, 1, 4, 4],
        [1, 1, 4, 4],
        [1, 0, 2, 0],
        [0, 0, 0, 0],
        [4, 0, 36, 4],
      ]);
    }));
});

describe("assignDirectly", () => {
  it("initializes in place: no copies, no memory beside the variables", () =>
    inGraph(() => {
      const variables = [variable(randomUniform([300, 1000])), variable(zeros([300, 1000]))];
      const plan = planOf([globalVariablesInitializer()]);
      assert.deepEqual([opsOf(plan).toSorted(), plan.arenaBytes], [["BroadcastLike", "RandomUniform"], 0]);
      assert.deepEqual(plan.writes.toSorted(byName), variables.map(({ op }) => op).toSorted(byName));
      assert.deepEqual(plan.reads, []);
    }));

  it("gives what is fetched, and what others read, from the variable", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const [v, w] = [variable([0, 0]), variable([0, 0])];
      const y = mul(x, 3);
      const plan = planOf([y, add(y, 1), assign(v, y), assign(w, y)], [[x, [2]]]);
      assert.deepEqual(opsOf(plan).toSorted(), ["Add", "Assign", "Mul"]);
      assert.deepEqual(new Machine().run(plan, [[1, 2]]), [
        [3, 6],
        [4, 7],
        [3, 6],
        [3, 6],
      ]);
    }));

  it("waits while the old value is read, by the node itself or between it and the assignment", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const v = variable([5, 7]);
      const machine = new Machine();
      machine.run(planOf([v.initializer]));
      const own = planOf([assign(v, mul(v, x))], [[x, [2]]]);
      assert.deepEqual(opsOf(own), ["Mul", "Assign"]);
      assert.deepEqual(machine.run(own, [[2, 3]]), [[10, 21]]);
      const y = mul(x, 10);
      const plan = planOf([add(y, v), assign(v, y)], [[x, [2]]]);
      assert.deepEqual(machine.run(plan, [[1, 2]]), [
        [20, 41],
        [10, 20],
      ]);
      assert.ok(opsOf(plan).includes("Assign"));
    }));
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
