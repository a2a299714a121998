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
