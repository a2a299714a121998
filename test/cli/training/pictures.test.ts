import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { activationSheet, filterSheet, pictureOf } from "../../../cli/training/pictures.ts";

describe("pictures", () => {
  test("filters, each on its own scale", () => {
    // Two filters of 1 x 2 weights on one channel: [0, 1] and [5, 3].
    const sheet = filterSheet([0, 5, 1, 3], [1, 2, 1, 2]);
    assert.deepEqual([sheet?.height, sheet?.width, sheet?.channels], [4, 18, 1]);
    const row = [...sheet!.pixels.subarray(0, 18)];
    assert.deepEqual([row[0], row[4], row[8], row[10], row[14]], [0, 255, 255, 255, 0]);
  });

  test("weights of other layers are no pictures", () => {
    assert.equal(filterSheet(new Float32Array(64), [1, 1, 64, 1]), null);
    assert.equal(filterSheet(new Float32Array(6), [2, 3]), null);
  });

  test("images and activations, equal values too", () => {
    assert.deepEqual([...pictureOf([-1, 0, 1, 1], 2, 2, 1).pixels], [0, 128, 255, 255]);
    assert.deepEqual([...pictureOf([3, 3], 1, 2, 1).pixels], [0, 0]);
    assert.deepEqual([...activationSheet([0, 7, 1, 7], [1, 1, 2, 2]).pixels.subarray(0, 6)], [0, 255, 255, 255, 0, 0]);
  });
});
