import assert from "node:assert/strict";
import { test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { GradientError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { maxPoolGrad } from "../../src/ops/max-pool-grad.ts";
import { maxPool } from "../../src/ops/max-pool.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { integers, testOp } from "../support/test-op.ts";

const none = "second derivatives of maxPool are not implemented";

testOp("maxPoolGrad", {
  build: ({ dy, winners, images }, options) => maxPoolGrad(dy, winners, images, options),
  cases: {
    "x=[2,7,7,19] k=3 s=2": {
      dy: [2, 3, 3, 19],
      winners: integers([2, 3, 3, 19], 0, 9, "uint8"),
      images: [2, 7, 7, 19],
      $options: { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    },
    "many windows a cell: k=4 s=1": {
      dy: [1, 6, 6, 8],
      winners: integers([1, 6, 6, 8], 5, 6, "uint8"),
      images: [1, 6, 6, 8],
      $options: { ksize: [1, 4, 4, 1], strides: [1, 1, 1, 1], padding: "SAME" },
    },
  },
  gradient: { none },
  tolerance: { rtol: 1.3e-6, of: "largest", why: "sums over windows" },
});

test("maxPoolGrad: a second derivative says that there is none", () => {
  new Graph().asDefault(() => {
    const images = placeholder("float32", [1, 4, 4, 1]);
    const y = maxPool(images, { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME" });
    const dy = placeholder("float32", [1, 2, 2, 1]);
    const [first] = gradients(y, [images], { gradYs: [dy] });
    assert.ok(first);
    assert.throws(
      () => gradients(first, [dy]),
      (error) => error instanceof GradientError && error.message.includes(none),
    );
  });
});
