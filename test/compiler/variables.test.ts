import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FeedError } from "../../src/core/errors.ts";
import {
  add,
  assign,
  assignAdd,
  constant,
  group,
  identity,
  mul,
  relu,
  reshape,
  variable,
} from "../../src/ops/index.ts";
import { Machine } from "./support/machine.ts";
import { inGraph, opsOf, planOf, runAll } from "./support/build.ts";

describe("which value of a variable a reader sees", () => {
  it("the value from before the run, when it depends on no assignment", () =>
    inGraph(() => {
      const v = variable([1, 2]);
      const update = assign(v, [10, 20]);
      const late = add(v, 1);
      const [, results] = runAll([v.initializer], [update, late, v]);
      assert.deepEqual(results, [
        [10, 20],
        [2, 3],
        [1, 2],
      ]);
    }));

  it("the value after the assignments it depends on, through data or control", () =>
    inGraph((graph) => {
      const v = variable([1]);
      const first = assign(v, [10]);
      const byData = add(first, 1);
      const byControl = graph.controlDependencies([first], () => add(v, 2));
      const second = graph.controlDependencies([byControl], () => assignAdd(v, [5]));
      const [, results] = runAll([v.initializer], [byData, byControl, second, first]);
      assert.deepEqual(results, [[11], [12], [15], [10]]);
    }));

  it("what identity saw, whatever is assigned later", () =>
    inGraph((graph) => {
      const v = variable([1]);
      const before = identity(v);
      const update = assign(v, [10]);
      const after = graph.controlDependencies([update], () => add(before, v));
      const view = reshape(before, [1, 1]);
      const [, results] = runAll([v.initializer], [after, before, view, update]);
      assert.deepEqual(results, [[11], [1], [1], [10]]);
    }));

  it("assignments without an order between them run in the order of their creation", () =>
    inGraph(() => {
      const v = variable([1]);
      const late = [assign(v, [3]), assignAdd(v, [4]), assignAdd(v, v)];
      const [, results, end] = runAll([v.initializer], late, [v]);
      // The last one adds what v was before the run.
      assert.deepEqual(results, [[3], [7], [8]]);
      assert.deepEqual(end, [[8]]);
    }));

  it("two variables swap through one copy", () =>
    inGraph(() => {
      const a = variable([1, 2]);
      const b = variable([3, 4]);
      const swap = group(assign(a, b), assign(b, a));
      assert.deepEqual(opsOf(planOf([swap])).toSorted(), ["Assign", "Assign", "Copy"]);
      const [, , values] = runAll([group(a.initializer, b.initializer)], [swap], [a, b]);
      assert.deepEqual(values, [
        [3, 4],
        [1, 2],
      ]);
    }));

  it("five variables rotate through one copy", () =>
    inGraph(() => {
      const all = [1, 2, 3, 4, 5].map((value) => variable([value]));
      const rotate = group(...all.map((v, index) => assign(v, all[(index + 1) % all.length]!)));
      assert.equal(opsOf(planOf([rotate])).filter((op) => op === "Copy").length, 1);
      const [, , values] = runAll([group(...all.map(({ initializer }) => initializer))], [rotate], all);
      assert.deepEqual(values, [[2], [3], [4], [5], [1]]);
    }));

  it("no copy where an order does", () =>
    inGraph(() => {
      const v = variable([1]);
      const plan = planOf([assign(v, mul(add(v, 1), v)), relu(v)]);
      assert.deepEqual(
        opsOf(plan).filter((op) => op === "Copy"),
        [],
      );
      assert.equal(opsOf(plan).at(-1), "Assign");
    }));
});

describe("variables of a plan", () => {
  it("reads: those whose value from before the run is needed, writes: those assigned to", () =>
    inGraph(() => {
      const v = variable([1]);
      const w = variable([2]);
      const overwritten = planOf([v.initializer]);
      assert.deepEqual([overwritten.reads, overwritten.writes], [[], [v.op]]);
      const added = planOf([assignAdd(v, w)]);
      assert.deepEqual([added.reads.toSorted((a, b) => a.id - b.id), added.writes], [[v.op, w.op], [v.op]]);
      const fetched = planOf([reshape(v, [1, 1])]);
      assert.deepEqual([fetched.reads, fetched.writes, fetched.steps], [[v.op], [], []]);
    }));

  it("a fetched variable that nothing writes is read where it lies", () =>
    inGraph(() => {
      const v = variable([1]);
      const plan = planOf([v, v, identity(v)]);
      assert.deepEqual(plan.steps, []);
      assert.ok(plan.fetches.every((fetch) => fetch?.buffer.place === "variable"));
      assert.equal(plan.buffers.length, 1);
    }));

  it("feeding a variable replaces it for the run", () =>
    inGraph(() => {
      const v = variable([1]);
      const plan = planOf([add(v, 1)], [[v, [1]]]);
      assert.deepEqual(plan.reads, []);
      assert.deepEqual(new Machine().run(plan, [[41]]), [[42]]);
    }));

  it("feeding and assigning one variable is refused", () =>
    inGraph(() => {
      const v = variable([1], { name: "w" });
      const update = assign(v, constant([2]));
      assert.throws(
        () => planOf([update], [[v, [1]]]),
        (error) => error instanceof FeedError && /"w" is fed and assigned/.test(error.message),
      );
    }));
});
