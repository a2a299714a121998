import assert from "node:assert/strict";
import { test } from "node:test";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { conv2dTranspose } from "../../src/ops/conv2d-transpose.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { type ConvolutionCase, convolutionGoldens, withGradients } from "../golden/convolutions.ts";
import golden from "../golden/conv2d-transpose.json" with { type: "json" };
import { integers, testOp } from "../support/test-op.ts";

testOp("conv2dTranspose", {
  build: ({ images, filter }, options) => conv2dTranspose(images, filter, options),
  cases: {
    "x=[1,1,1,1] f=[1,1,1,1]": { images: [1, 1, 1, 1], filter: [1, 1, 1, 1], $options: { padding: "VALID" } },
    "x=[2,3,4,3] f=[3,2,5,3]": { images: [2, 3, 4, 3], filter: [3, 2, 5, 3], $options: { padding: "VALID" } },
    "x=[1,3,3,17] f=[4,4,9,17] s=2 p=same": {
      images: [1, 3, 3, 17],
      filter: [4, 4, 9, 17],
      $options: { padding: "SAME", strides: 2 },
    },
    "x=[1,3,4,2] f=[3,3,4,2] s=2 p=same to [?,5,8,4]": {
      images: [1, 3, 4, 2],
      filter: [3, 3, 4, 2],
      $options: { padding: "SAME", strides: [1, 2, 2, 1], outputShape: [-1, 5, 8, 4] },
    },
    "x=[1,2,2,16] f=[1,2,8,16] s=3, kernel below stride": {
      images: [1, 2, 2, 16],
      filter: [1, 2, 8, 16],
      $options: { padding: "VALID", strides: 3 },
    },
    "x=[1,3,3,2] f=[3,2,3,2] d=2": {
      images: [1, 3, 3, 2],
      filter: [3, 2, 3, 2],
      $options: { padding: "VALID", dilations: 2 },
    },
    "x=[0,3,3,2] f=[3,3,4,2], empty batch": {
      images: [0, 3, 3, 2],
      filter: [3, 3, 4, 2],
      $options: { padding: "SAME" },
    },
  },
  tolerance: { rtol: 2e-6, of: "largest", why: "sums of up to 272 products" },
  nonFinite: { none: "which taps a cell without contribution is multiplied with is the algorithm's choice" },
  rejects: {
    "channels that differ": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 4, 3] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /disagree on channels[^]*fourth dimension must be 4/,
    },
    "a height that does not convolve to the images'": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 2, 4] },
      options: { padding: "SAME", strides: 2, outputShape: [1, 8, 10, 2] },
      error: ShapeError,
      message: /outputShape \[1, 8, 10, 2\] needs height 4, not 5/,
    },
    "other out channels than the filter's": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 2, 4] },
      options: { padding: "SAME", outputShape: [1, 5, 5, 3] },
      error: ShapeError,
      message: /needs out channels 3, not 2/,
    },
    "another batch than the images'": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 2, 4] },
      options: { padding: "SAME", outputShape: [2, 5, 5, 2] },
      error: ShapeError,
      message: /needs batch 2, not 1/,
    },
    "an outputShape of two numbers": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 2, 4] },
      options: { padding: "SAME", outputShape: [5, 5] },
      error: ValueError,
      message: /outputShape is not \[batch, height, width, channels\]/,
    },
    "more padding than there is image": {
      inputs: { images: [1, 1, 1, 1], filter: [1, 1, 1, 1] },
      options: {
        padding: [
          [2, 0],
          [0, 0],
        ],
      },
      error: ValueError,
      message: /cannot be/,
    },
    "whole numbers": {
      inputs: { images: [1, 5, 5, 1], filter: integers([3, 3, 1, 1], 0, 9) },
      options: { padding: "SAME" },
      error: DTypeError,
      message: /filter must be float32/,
    },
  },
});

const cases: readonly ConvolutionCase[] = golden;

testOp("conv2dTranspose and its gradients, as PyTorch has them", {
  build: withGradients((images, filter, options) => conv2dTranspose(images, filter, { padding: "VALID", ...options })),
  cases: {},
  golden: convolutionGoldens(cases, "test/golden/conv2d-transpose.py"),
});

test("conv2dTranspose deduces the shapes PyTorch's cases ask for, and keeps unknown dimensions open", () => {
  new Graph().asDefault(() => {
    for (const { title, images, filter, options } of cases) {
      const { outputShape, ...others } = options;
      // From 3 and 2 cells SAME at stride 2 makes 6 and 4; 5 and 3 have to be asked for.
      const wanted = title.includes("odd result") ? [1, 6, 4, 2] : outputShape;
      const y = conv2dTranspose(placeholder("float32", images), placeholder("float32", filter), {
        padding: "VALID",
        ...others,
      });
      assert.deepEqual(y.shape, wanted, title);
    }
    const y = conv2dTranspose(placeholder("float32", [null, 4, null, 3]), placeholder("float32", [2, 2, 5, 3]), {
      strides: 2,
      padding: "SAME",
    });
    assert.deepEqual(y.shape, [null, 8, null, 5]);
  });
});
