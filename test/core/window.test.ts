import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { slide, slideBack, slideOutput } from "../../src/core/window.ts";

const sizes = {
  input: fc.integer({ min: 0, max: 40 }),
  kernel: fc.integer({ min: 1, max: 9 }),
  stride: fc.integer({ min: 1, max: 6 }),
  dilation: fc.integer({ min: 1, max: 4 }),
};
const cells = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
const padding = fc.oneof(fc.constant("SAME" as const), fc.constant("VALID" as const), cells);

/** Pushes a window over the padded line, cell by cell, and counts where it fits. */
function countPositions(padded: number, kernel: number, stride: number, dilation: number): number {
  let positions = 0;
  for (let start = 0; start + (kernel - 1) * dilation < padded; start += stride) positions++;
  return positions;
}

describe("slide", () => {
  test("has as many outputs as there are places for the window in the padded input", () => {
    fc.assert(
      fc.property(fc.record({ ...sizes, padding }), (window) => {
        const { input, before, after, output, kernel, stride, dilation } = slide(
          window.input,
          window.kernel,
          window.stride,
          window.dilation,
          window.padding,
        );
        assert.equal(output, countPositions(input + before + after, kernel, stride, dilation));
      }),
    );
  });

  test("SAME gives ceil(input / stride) outputs with the least padding, the odd cell at the end", () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ input, kernel, stride, dilation }) => {
        const { before, after, output } = slide(input, kernel, stride, dilation, "SAME");
        assert.equal(output, Math.ceil(input / stride));
        assert.ok(after === before || after === before + 1);
        if (before + after > 0)
          assert.ok(countPositions(input + before + after - 1, kernel, stride, dilation) < output);
      }),
    );
  });

  test("VALID and [0, 0] are one", () => {
    fc.assert(
      fc.property(fc.record(sizes), ({ input, kernel, stride, dilation }) => {
        assert.deepEqual(
          slide(input, kernel, stride, dilation, "VALID"),
          slide(input, kernel, stride, dilation, [0, 0]),
        );
      }),
    );
  });

  test("AlexNet's first layer: 224 cells, 11 wide, stride 4, SAME", () => {
    const { before, after, output } = slide(224, 11, 4, 1, "SAME");
    assert.deepEqual({ before, after, output }, { before: 3, after: 4, output: 56 });
  });
});

test("slideOutput is slide's output, and unknown when the input or the kernel is", () => {
  assert.equal(slideOutput(7, 3, 2, 1, "VALID"), 3);
  assert.equal(slideOutput(null, 3, 2, 1, "SAME"), null);
  assert.equal(slideOutput(7, null, 2, 1, "SAME"), null);
});

describe("slideBack", () => {
  test("gives an input that slide brings back to the output", () => {
    fc.assert(
      fc.property(fc.record({ ...sizes, padding }), ({ input: output, kernel, stride, dilation, padding: pad }) => {
        const input = slideBack(output, kernel, stride, dilation, pad);
        fc.pre(input >= 0);
        assert.equal(slide(input, kernel, stride, dilation, pad).output, output);
      }),
    );
  });

  test("VALID leaves out no cell that a window reaches", () => {
    fc.assert(
      fc.property(fc.record({ ...sizes, input: fc.integer({ min: 1, max: 40 }) }), (window) => {
        const { input: output, kernel, stride, dilation } = window;
        const reached = (output - 1) * stride + (kernel - 1) * dilation + 1;
        assert.ok(slideBack(output, kernel, stride, dilation, "VALID") >= reached);
      }),
    );
  });
});
