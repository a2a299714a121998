import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  broadcastShapes,
  type ConcreteShape,
  formatShape,
  isCompatible,
  normalizeAxes,
  reduceShape,
  sizeOf,
  stridesOf,
} from "../../src/core/shape.ts";

const dimensions = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });

/** NumPy's rules, one axis at a time from the end, as its documentation tells them. */
function broadcastByTheBook(a: ConcreteShape, b: ConcreteShape): number[] | null {
  const result: number[] = [];
  for (let back = 1; back <= Math.max(a.length, b.length); back++) {
    const x = a.at(-back) ?? 1;
    const y = b.at(-back) ?? 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    result.unshift(x === 1 ? y : x);
  }
  return result;
}

describe("broadcastShapes", () => {
  test("agrees with NumPy's rules for any shapes", () => {
    fc.assert(
      fc.property(dimensions, dimensions, (a, b) => assert.deepEqual(broadcastShapes(a, b), broadcastByTheBook(a, b))),
    );
  });

  test("is symmetric, and a scalar changes nothing", () => {
    fc.assert(
      fc.property(dimensions, dimensions, (a, b) => {
        assert.deepEqual(broadcastShapes(a, b), broadcastShapes(b, a));
        assert.deepEqual(broadcastShapes(a, []), a);
      }),
    );
  });

  test("with unknown dimensions it never contradicts what they turn out to be", () => {
    fc.assert(
      fc.property(dimensions, dimensions, fc.array(fc.boolean()), (a, b, hide) => {
        const known = broadcastByTheBook(a, b);
        const hidden = a.map((dimension, axis) => (hide[axis] ? null : dimension));
        const inferred = broadcastShapes(hidden, b);
        if (known !== null) {
          assert.ok(
            inferred !== null && isCompatible(inferred, known),
            `${formatShape(hidden)} with ${formatShape(b)}`,
          );
        }
      }),
    );
  });
});

describe("strides and axes", () => {
  test("strides address every element once", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), (shape) => {
        const strides = stridesOf(shape);
        const seen = new Set<number>();
        const visit = (axis: number, offset: number): void => {
          if (axis === shape.length) seen.add(offset);
          else for (let i = 0; i < shape[axis]!; i++) visit(axis + 1, offset + i * strides[axis]!);
        };
        visit(0, 0);
        assert.equal(seen.size, sizeOf(shape));
        assert.equal(Math.max(...seen), sizeOf(shape) - 1);
      }),
    );
  });

  test("negative axes count from the end, twins count once, others are refused", () => {
    assert.deepEqual(normalizeAxes([-1, 0, 2, -3], 3), [0, 2]);
    assert.deepEqual(normalizeAxes(undefined, 3), [0, 1, 2]);
    assert.deepEqual(normalizeAxes([], 3), []);
    assert.equal(normalizeAxes(3, 3), null);
    assert.equal(normalizeAxes(-4, 3), null);
    assert.equal(normalizeAxes(0.5, 3), null);
  });

  test("reducing with and without keeping the axes", () => {
    assert.deepEqual(reduceShape([2, null, 4], [1], true), [2, 1, 4]);
    assert.deepEqual(reduceShape([2, null, 4], [1], false), [2, 4]);
  });
});
