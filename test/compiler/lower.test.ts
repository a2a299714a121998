import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FeedError, GraphError, ShapeError } from "../../src/core/errors.ts";
import {
  add,
  broadcastLike,
  constant,
  group,
  identity,
  mul,
  onesLike,
  placeholder,
  relu,
  reshape,
  sumLike,
  zeros,
} from "../../src/ops/index.ts";
import { inGraph, opsOf, planOf } from "./support/build.ts";
import { Machine } from "./support/machine.ts";

describe("lower", () => {
  it("runs what the fetches need and nothing else", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const wanted = relu(x);
      add(wanted, 1);
      assert.deepEqual(opsOf(planOf([wanted], [[x, [2]]])), ["Relu"]);
    }));

  it("cuts the graph at any fed tensor", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const middle = relu(x);
      const y = add(middle, 1);
      const plan = planOf([y, middle], [[middle, [2]]]);
      assert.deepEqual(opsOf(plan), ["Add"]);
      assert.deepEqual(new Machine().run(plan, [[5, 6]]), [
        [6, 7],
        [5, 6],
      ]);
    }));

  it("makes unknown dimensions concrete", () =>
    inGraph(() => {
      const x = placeholder("float32", [null, 2]);
      const plan = planOf([relu(x)], [[x, [3, 2]]]);
      assert.deepEqual(plan.fetches[0]?.shape, [3, 2]);
    }));

  it("leaves out what shapes make an identity, and needs no feed for the rest of it", () =>
    inGraph(() => {
      const x = placeholder("float32", [2]);
      const like = placeholder("float32", [2]);
      assert.deepEqual(opsOf(planOf([relu(sumLike(broadcastLike(x, like), x))], [[x, [2]]])), ["Relu"]);
    }));

  it("reads only the shape of shape-only inputs, as operands without memory", () =>
    inGraph(() => {
      const x = placeholder("float32", [1]);
      const like = relu(placeholder("float32", [2, 3]));
      const plan = planOf([broadcastLike(reshape(x, [1, 1]), like)], [[x, [1]]]);
      assert.deepEqual(opsOf(plan), ["BroadcastLike"]);
      assert.deepEqual([plan.steps[0]?.inputs[1]?.shape, plan.steps[0]?.inputs[1]?.buffer.bytes], [[2, 3], 0]);
    }));

  it("a missing feed names the placeholder, its shape, and the fix", () =>
    inGraph(() => {
      const x = placeholder("float32", [null, 224], { name: "images" });
      assert.throws(
        () => planOf([relu(x)]),
        (error) =>
          error instanceof FeedError &&
          /placeholder "images" is needed and was not fed/.test(error.message) &&
          /\[\?, 224\] {3}float32/.test(error.message) &&
          /fix: add a float32 value of shape \[\?, 224\]/.test(error.message),
      );
    }));

  it("a missing feed of which only the shape is needed is named too", () =>
    inGraph(() => {
      const x = placeholder("float32", [null], { name: "rows" });
      assert.throws(
        () => planOf([onesLike(x)]),
        (error) => error instanceof FeedError && /"rows"/.test(error.message),
      );
    }));

  it("fed shapes that do not fit together fail like shapes in the graph", () =>
    inGraph(() => {
      const a = placeholder("float32", [null], { name: "a" });
      const b = placeholder("float32", [null], { name: "b" });
      const sum = add(a, b, { name: "sum" });
      assert.throws(
        () =>
          planOf(
            [sum],
            [
              [a, [2]],
              [b, [3]],
            ],
          ),
        (error) =>
          error instanceof ShapeError &&
          error.message.startsWith('add "sum": a and b do not broadcast') &&
          /lower\.test\.ts:\d+/.test(error.site ?? ""),
      );
    }));

  it("refuses fetches of another graph", () => {
    const stranger = inGraph(() => constant(1, { name: "stranger" }));
    inGraph(() =>
      assert.throws(
        () => planOf([constant(1), stranger]),
        (error) =>
          error instanceof GraphError && error.message.startsWith('fetch "stranger:0" belongs to another graph'),
      ),
    );
  });

  it("fetches feeds, constants, views, operations and the same tensor twice", () =>
    inGraph(() => {
      const x = placeholder("float32", [4]);
      const y = relu(x);
      const plan = planOf([x, y, y, reshape(y, [2, 2]), constant([7]), group(y), identity(x)], [[x, [4]]]);
      assert.deepEqual(opsOf(plan), ["Relu"]);
      const results = new Machine().run(plan, [[1, -1, 2, -2]]);
      assert.deepEqual(results, [[1, -1, 2, -2], [1, 0, 2, 0], [1, 0, 2, 0], [1, 0, 2, 0], [7], null, [1, -1, 2, -2]]);
      assert.deepEqual(plan.fetches[3]?.shape, [2, 2]);
    }));

  it("an unused feed gets memory of its own", () =>
    inGraph(() => {
      const [x, y] = [placeholder("float32", [4]), placeholder("float32", [4])];
      assert.deepEqual(
        new Machine().run(
          planOf(
            [relu(x)],
            [
              [y, [4]],
              [x, [4]],
            ],
          ),
          [
            [9, 9, 9, 9],
            [1, 2, 3, 4],
          ],
        ),
        [[1, 2, 3, 4]],
      );
    }));

  it("a fetched operation runs what it depends on", () =>
    inGraph(() => {
      const y = relu(constant([-1, 1]));
      assert.deepEqual(opsOf(planOf([group(mul(y, y))], [], { without: ["hoistConstants"] })), ["Relu", "Mul"]);
    }));

  it("a large constant of one number is filled in by the run, a small one is data", () =>
    inGraph(() => {
      const large = planOf([relu(zeros([1024, 1024]))]);
      assert.deepEqual(opsOf(large), ["BroadcastLike", "Relu"]);
      const small = planOf([zeros([3])]);
      assert.deepEqual([opsOf(small), small.fetches[0]?.buffer.data], [[], Float32Array.of(0, 0, 0)]);
    }));
});
