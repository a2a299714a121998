import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type BroadcastWalk, walkOver } from "../../../../../src/backends/wasm/kernels/shared/broadcast.ts";
import { broadcastIndex } from "../../../../../src/backends/reference/indexing.ts";
import { type ConcreteShape, sizeOf } from "../../../../../src/core/shape.ts";

/** Which element of input number `which` a walk puts at element `index` of the output. */
function visited({ inner, steps, axes }: BroadcastWalk, which: number, index: number): number {
  let row = Math.floor(index / inner);
  let at = (index % inner) * steps[which]!;
  for (const { size, strides } of axes.toReversed()) {
    at += (row % size) * strides[which]!;
    row = Math.floor(row / size);
  }
  return at;
}

/** An output shape, and inputs that stretch to it: some dimensions 1, some leading ones missing. */
const shapes = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 })
  .chain((output) =>
    fc.tuple(
      fc.constant(output),
      fc.array(fc.tuple(fc.nat(output.length), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
  )
  .map(([output, stretches]) => {
    const inputs = stretches.map(([missing, ones]) =>
      output.slice(missing).map((size, axis) => (ones[axis] ? 1 : size)),
    );
    return { output, inputs: [output, ...inputs] };
  });

describe("walks over broadcast inputs", () => {
  test("visit what broadcasting says, whatever the shapes", () => {
    fc.assert(
      fc.property(shapes, ({ output, inputs }) => {
        const walk = walkOver(inputs, output);
        assert.equal(sizeOf(output) % walk.inner, 0);
        for (const [which, shape] of inputs.entries()) {
          assert.ok(walk.steps[which] === 0 || walk.steps[which] === 1);
          for (let index = 0; index < sizeOf(output); index++) {
            assert.equal(visited(walk, which, index), broadcastIndex(index, output, shape));
          }
        }
      }),
    );
  });

  const rows: [string, ConcreteShape[], ConcreteShape, BroadcastWalk][] = [
    [
      "equal shapes are one row",
      [
        [2, 3, 4],
        [2, 3, 4],
      ],
      [2, 3, 4],
      { inner: 24, steps: [1, 1], axes: [] },
    ],
    ["a scalar stays", [[2, 3], []], [2, 3], { inner: 6, steps: [1, 0], axes: [] }],
    ["a row repeats", [[4, 2, 3], [3]], [4, 2, 3], { inner: 3, steps: [1, 1], axes: [{ size: 8, strides: [3, 0] }] }],
    [
      "a column stays along a row",
      [
        [4, 3],
        [4, 1],
      ],
      [4, 3],
      { inner: 3, steps: [1, 0], axes: [{ size: 4, strides: [3, 1] }] },
    ],
    [
      "axes of 1 vanish",
      [
        [1, 5, 1],
        [5, 1],
      ],
      [1, 5, 1],
      { inner: 5, steps: [1, 1], axes: [] },
    ],
    ["scalars are a row of one", [[], [1]], [1], { inner: 1, steps: [1, 1], axes: [] }],
  ];
  for (const [title, inputs, output, walk] of rows) {
    test(title, () => assert.deepEqual(walkOver(inputs, output), walk));
  }
});
