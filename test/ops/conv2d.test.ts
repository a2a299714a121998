import assert from "node:assert/strict";
import { test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { Graph } from "../../src/graph/graph.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { Session } from "../../src/runtime/session.ts";
import golden from "../golden/conv2d.json" with { type: "json" };
import { convolutionGoldens, withGradients } from "../golden/convolutions.ts";
import { wholeNumbers } from "../golden/hashed-numbers.ts";
import { referenceBackend } from "../support/backends.ts";
import { integers, testOp } from "../support/test-op.ts";

const tolerance = { rtol: 2e-6, of: "largest", why: "sums of up to 800 products" } as const;

testOp("conv2d", {
  build: ({ images, filter }, options) => conv2d(images, filter, options),
  cases: {
    "x=[1,1,1,1] f=[1,1,1,1]": { images: [1, 1, 1, 1], filter: [1, 1, 1, 1], $options: { padding: "VALID" } },
    "x=[2,5,6,3] f=[3,2,3,8]": { images: [2, 5, 6, 3], filter: [3, 2, 3, 8], $options: { padding: "VALID" } },
    "x=[1,4,4,16] f=[3,3,16,16]": { images: [1, 4, 4, 16], filter: [3, 3, 16, 16], $options: { padding: "VALID" } },
    "x=[3,4,5,17] f=[2,3,17,33]": { images: [3, 4, 5, 17], filter: [2, 3, 17, 33], $options: { padding: "VALID" } },
    "x=[1,5,3,33] f=[1,1,33,5] pointwise": {
      images: [1, 5, 3, 33],
      filter: [1, 1, 33, 5],
      $options: { padding: "VALID" },
    },
    "x=[1,9,9,5] f=[2,2,5,3] s=3, stride above kernel": {
      images: [1, 9, 9, 5],
      filter: [2, 2, 5, 3],
      $options: { padding: "VALID", strides: 3 },
    },
    "x=[1,9,11,3] f=[3,3,3,4] d=2,3": {
      images: [1, 9, 11, 3],
      filter: [3, 3, 3, 4],
      $options: { padding: "VALID", dilations: [2, 3] },
    },
    "x=[1,3,4,6] f=[2,2,2,9] g=3": {
      images: [1, 3, 4, 6],
      filter: [2, 2, 2, 9],
      $options: { padding: "VALID", groups: 3 },
    },
    "x=[2,43,29,4] f=[5,3,4,18] s=2,1, several tasks an image": {
      images: [2, 43, 29, 4],
      filter: [5, 3, 4, 18],
      $options: { padding: "VALID", strides: [2, 1] },
    },
    "x=[1,6,6,50] f=[3,3,50,40], many channels": {
      images: [1, 6, 6, 50],
      filter: [3, 3, 50, 40],
      $options: { padding: "VALID" },
    },
    "x=[0,4,4,2] f=[3,3,2,4], empty batch": {
      images: [0, 4, 4, 2],
      filter: [3, 3, 2, 4],
      $options: { padding: "VALID" },
    },
    "x=[1,4,4,2] f=[3,3,2,0], no out channels": {
      images: [1, 4, 4, 2],
      filter: [3, 3, 2, 0],
      $options: { padding: "VALID" },
    },
    "x=[1,3,3,0] f=[2,2,0,3], no in channels": {
      images: [1, 3, 3, 0],
      filter: [2, 2, 0, 3],
      $options: { padding: "VALID" },
    },
  },
  tolerance,
  rejects: {
    "channels that differ": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 3, 8] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /disagree on channels[^]*channels = 4[^]*in channels = 3[^]*third dimension must be 4/,
    },
    "groups that do not divide the channels": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 1, 6] },
      options: { padding: "SAME", groups: 3 },
      error: ShapeError,
      message: /groups must divide the 4 channels/,
    },
    "groups that do not divide the out channels": {
      inputs: { images: [1, 5, 5, 4], filter: [3, 3, 2, 5] },
      options: { padding: "SAME", groups: 2 },
      error: ShapeError,
      message: /5 out channels do not fall into 2 equal groups/,
    },
    "a kernel larger than the images": {
      inputs: { images: [1, 2, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "VALID" },
      error: ShapeError,
      message: /larger than the padded images/,
    },
    "a filter without cells": {
      inputs: { images: [1, 2, 5, 1], filter: [3, 0, 1, 1] },
      options: { padding: "VALID" },
      error: ShapeError,
      message: /no cells/,
    },
    "images of rank 3": {
      inputs: { images: [5, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "SAME" },
      error: ShapeError,
      message: /images must have rank 4/,
    },
    "whole numbers": {
      inputs: { images: integers([1, 5, 5, 1], 0, 9), filter: [3, 3, 1, 1] },
      options: { padding: "SAME" },
      error: DTypeError,
      message: /images must be float32/,
    },
    "a stride of 0": {
      inputs: { images: [1, 5, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "SAME", strides: [1, 0, 2, 1] },
      error: ValueError,
      message: /strides \[0, 2\]/,
    },
    "a stride over the batch": {
      inputs: { images: [1, 5, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "SAME", strides: [2, 1, 1, 1] },
      error: ValueError,
      message: /strides \[2, 1, 1, 1\]/,
    },
    "padding of another library": {
      inputs: { images: [1, 5, 5, 1], filter: [3, 3, 1, 1] },
      options: { padding: "same" },
      error: ValueError,
      message: /padding "same" is not known/,
    },
    "padding below 0": {
      inputs: { images: [1, 5, 5, 1], filter: [3, 3, 1, 1] },
      options: {
        padding: [
          [0, -1],
          [0, 0],
        ],
      },
      error: ValueError,
      message: /padding \[\[0,-1\],\[0,0\]\]/,
    },
  },
});

testOp("conv2d, padded", {
  build: ({ images, filter }, options) => conv2d(images, filter, options),
  cases: {
    "x=[1,1,1,3] f=[3,3,3,5] p=same, mostly padding": {
      images: [1, 1, 1, 3],
      filter: [3, 3, 3, 5],
      $options: { padding: "SAME" },
    },
    "x=[2,5,7,3] f=[3,3,3,17] p=same": { images: [2, 5, 7, 3], filter: [3, 3, 3, 17], $options: { padding: "SAME" } },
    "x=[1,41,27,3] f=[3,3,3,20] p=same, several tasks an image": {
      images: [1, 41, 27, 3],
      filter: [3, 3, 3, 20],
      $options: { padding: "SAME" },
    },
    "x=[1,13,13,16] f=[5,5,16,24] p=same": {
      images: [1, 13, 13, 16],
      filter: [5, 5, 16, 24],
      $options: { padding: "SAME" },
    },
    "x=[2,23,19,3] f=[11,11,3,8] s=4 p=same, AlexNet's first": {
      images: [2, 23, 19, 3],
      filter: [11, 11, 3, 8],
      $options: { padding: "SAME", strides: [1, 4, 4, 1] },
    },
    "x=[1,6,7,4] f=[2,4,4,5] s=2,1 p=same, even kernel": {
      images: [1, 6, 7, 4],
      filter: [2, 4, 4, 5],
      $options: { padding: "SAME", strides: [2, 1] },
    },
    "x=[1,5,6,3] f=[3,2,3,4] d=2 p=same": {
      images: [1, 5, 6, 3],
      filter: [3, 2, 3, 4],
      $options: { padding: "SAME", dilations: 2 },
    },
    "x=[1,7,7,2] f=[2,2,2,3] s=3 p=same, stride above kernel": {
      images: [1, 7, 7, 2],
      filter: [2, 2, 2, 3],
      $options: { padding: "SAME", strides: 3 },
    },
    "x=[1,2,3,2] f=[5,4,2,3] p=2+1,1+3, kernel above image": {
      images: [1, 2, 3, 2],
      filter: [5, 4, 2, 3],
      $options: {
        padding: [
          [2, 1],
          [1, 3],
        ],
      },
    },
    "x=[1,3,3,2] f=[2,2,2,3] p=4+0,0+5 s=2, windows wholly in the padding": {
      images: [1, 3, 3, 2],
      filter: [2, 2, 2, 3],
      $options: {
        padding: [
          [4, 0],
          [0, 5],
        ],
        strides: 2,
      },
    },
    "x=[2,5,5,8] f=[3,3,4,16] g=2 s=2 p=same": {
      images: [2, 5, 5, 8],
      filter: [3, 3, 4, 16],
      $options: { padding: "SAME", groups: 2, strides: 2 },
    },
    "x=[1,4,5,5] f=[3,3,1,5] g=5 p=same, one channel a group": {
      images: [1, 4, 5, 5],
      filter: [3, 3, 1, 5],
      $options: { padding: "SAME", groups: 5 },
    },
  },
  tolerance,
  nonFinite: { none: "a cell of padding times infinity is NaN or 0, as the algorithm goes" },
});

testOp("conv2d and its gradients, as PyTorch has them", {
  build: withGradients((images, filter, options) => conv2d(images, filter, { padding: "VALID", ...options })),
  cases: {},
  golden: convolutionGoldens(golden, "test/golden/conv2d.py"),
});

test("conv2d of images whose batch and size are known only when fed", async () => {
  await using session = new Session({ graph: new Graph(), backend: referenceBackend });
  await session.graph.asDefault(async () => {
    const images = placeholder("float32", [null, null, null, 3]);
    const filter = placeholder("float32", [3, 3, 3, 2]);
    const y = conv2d(images, filter, { padding: "SAME", strides: 2 });
    assert.deepEqual(y.shape, [null, null, null, 2]);
    const [dImages, dFilter] = gradients(y, [images, filter]);
    assert.ok(dImages !== null && dFilter !== null);
    const feeds = [
      [images, wholeNumbers([2, 5, 4, 3], 1)],
      [filter, wholeNumbers([3, 3, 3, 2], 2)],
    ] as const;
    const results = await session.run([y, dImages, dFilter], feeds);
    const shapes = results.map(({ shape }) => shape);
    assert.deepEqual(shapes, [
      [2, 3, 2, 2],
      [2, 5, 4, 3],
      [3, 3, 3, 2],
    ]);
  });
});
