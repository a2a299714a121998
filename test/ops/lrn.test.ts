import { ShapeError, ValueError } from "../../src/core/errors.ts";
import { lrn } from "../../src/ops/lrn.ts";
import { lrnGoldens, withImageGradient } from "../golden/images.ts";
import { normal, testOp } from "../support/test-op.ts";

const notes = { depthRadius: 4, bias: 1, alpha: 0.001 / 9, beta: 0.75 };

testOp("lrn", {
  build: ({ images }, options) => lrn(images, options),
  cases: {
    "the notes' options, 16 channels": { images: [2, 3, 3, 16], $options: notes },
    "defaults (beta 0.5), 21 channels": { images: [2, 2, 3, 21] },
    "beta 0.75 with weight, 13 channels": {
      images: [1, 3, 3, 13],
      $options: { depthRadius: 2, bias: 2, alpha: 0.5, beta: 0.75 },
    },
    "beta 1, 8 channels": { images: [1, 2, 2, 8], $options: { depthRadius: 1, bias: 1.5, alpha: 0.3, beta: 1 } },
    "beta 0.6, a power of its own, 11 channels": {
      images: [1, 2, 3, 11],
      $options: { depthRadius: 3, bias: 2, alpha: 0.7, beta: 0.6 },
    },
    "one channel": { images: [1, 2, 2, 1], $options: notes },
    "a window wider than the channels": { images: [1, 2, 2, 5], $options: { ...notes, depthRadius: 40, alpha: 1 } },
    "no window": { images: [1, 2, 2, 9], $options: { ...notes, depthRadius: 0, alpha: 1 } },
    "large values": { images: normal([1, 2, 2, 16], 1e4), $options: notes },
    "several tasks": { images: [2, 20, 20, 24], $options: notes },
    "no images": { images: [0, 2, 2, 4], $options: notes },
  },
  tolerance: { rtol: 1.3e-6, of: "largest", why: "the gradient is a difference" },
  rejects: {
    "a matrix": {
      inputs: { images: [3, 4] },
      options: notes,
      error: ShapeError,
      message: /batch, height, width, channels/,
    },
    "half a channel": {
      inputs: { images: [1, 2, 2, 4] },
      options: { depthRadius: 0.5 },
      error: ValueError,
      message: /depthRadius is 0.5/,
    },
  },
});

testOp("lrn, gradient included", {
  build: withImageGradient(lrn),
  cases: {},
  golden: lrnGoldens(),
});
