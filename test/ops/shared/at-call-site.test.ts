import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "../../../src/index.ts";

test("what literals have wrong is said with the user's line", () => {
  new tf.Graph().asDefault(() => {
    const x = tf.zeros([2]);
    const site = (run: () => unknown): string | undefined => {
      try {
        run();
      } catch (error) {
        if (error instanceof tf.MillraceError) return error.site;
      }
      return undefined;
    };
    for (const run of [
      () => x.add([[1], [2, 3]]),
      () => x.add(undefined as never),
      () => tf.constant([1.5], { dtype: "int32" }),
      () => tf.zeros(2 as never),
      () => tf.pad(x, [[1, 1]], 0 as never),
    ]) {
      assert.match(site(run) ?? "", /at-call-site\.test\.ts:\d+$/, String(run));
    }
  });
});

test("and with the op's name, where a literal stands beside a tensor", () => {
  new tf.Graph().asDefault(() => {
    const x = tf.constant([1, 2], { dtype: "uint8" });
    const v = tf.variable(x);
    const says: readonly (readonly [() => unknown, RegExp])[] = [
      [() => x.add([[1], [2, 3]]), /^ShapeError: add: nested lists are ragged/],
      [() => x.mul(undefined as never), /^ValueError: mul: the value is undefined/],
      [() => x.less(1.9), /^ValueError: less: 1.9 is no uint8/],
      [() => tf.concat([x, [300]], 0), /^ValueError: concat: 300 is no uint8/],
      [() => tf.where([true, false], x, -1), /^ValueError: where: -1 is no uint8/],
      [() => tf.assign(v, [1, 0.5]), /^ValueError: assign: 0.5 is no uint8/],
      [() => tf.oneHot(0.5, 2), /^ValueError: oneHot: indices: 0.5 is no int32/],
    ];
    for (const [run, text] of says) assert.throws(run, text);
  });
});
