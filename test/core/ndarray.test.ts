import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { fromNested, NDArray, shapeOfNested } from "../../src/core/ndarray.ts";

describe("NDArray", () => {
  test("prints like NumPy, seven digits", () => {
    assert.equal(String(fromNested([[0.1, 0.2]], "float32")), "[[0.1 0.2]]");
    assert.equal(
      String(
        fromNested(
          [
            [1, 2],
            [3, 4],
          ],
          "int32",
        ),
      ),
      "[[1 2]\n [3 4]]",
    );
    assert.equal(String(fromNested([true, false], "bool")), "[true false]");
    assert.equal(String(fromNested(5, "float32")), "5");
  });

  test("nested lists go in and come out", () => {
    const nested = [[[1, 2, 3]], [[4, 5, 6]]];
    const array = fromNested(nested, "float32");
    assert.deepEqual(array.shape, [2, 1, 3]);
    assert.deepEqual(array.toArray(), nested);
  });

  test("item() of one element, and of several", () => {
    assert.equal(fromNested([[7]], "int32").item(), 7);
    assert.throws(() => fromNested([1, 2], "int32").item(), ShapeError);
  });

  test("refuses data of another length than the shape's", () => {
    assert.throws(() => new NDArray("float32", [2, 2], new Float32Array(3)), ShapeError);
  });

  test("refuses data of a class that stores another dtype", () => {
    const wrong = [
      ["int32", Float32Array.of(1.5, 2)],
      ["float32", Int32Array.of(1, 2)],
      ["uint8", Float32Array.of(1, 2)],
      ["bool", Int32Array.of(0, 1)],
      ["float32", [1, 2]],
    ] as const;
    for (const [dtype, data] of wrong) {
      assert.throws(
        () => new NDArray(dtype, [2], data as never),
        (error) => error instanceof DTypeError && error.message.includes(data.constructor.name),
      );
    }
    assert.throws(() => new NDArray("float64" as never, [2], new Float64Array(2) as never), /no dtype float64/);
    // What the reference backend computes in, and what a canvas gives.
    assert.equal(new NDArray("float32", [2], new Float64Array(2)).size, 2);
    assert.equal(new NDArray("uint8", [2], new Uint8ClampedArray(2) as never).size, 2);
  });

  test("refuses ragged lists, holes and things that are no numbers", () => {
    assert.throws(() => fromNested([[1, 2], [3]], "float32"), ShapeError);
    assert.throws(() => fromNested([[1], 2], "float32"), ShapeError);
    const text: unknown = "2";
    assert.throws(() => fromNested([1, text as number], "float32"), ValueError);
    assert.throws(() => fromNested([[1], null as never], "float32"), /an element is null/);
    assert.throws(() => fromNested(null as never, "float32"), /the value is null/);
    assert.throws(() => fromNested({ length: 1 } as never, "float32"), /the value is \{ length \}/);
    const holes = new Array<number>(3);
    holes[0] = 1;
    assert.throws(() => fromNested(holes, "float32"), ValueError);
  });

  test("integers are not rounded or wrapped silently", () => {
    assert.throws(() => fromNested([1.5], "int32"), /1.5 is no int32/);
    assert.throws(() => fromNested([300], "uint8"), ValueError);
    assert.throws(() => fromNested([-1], "uint8"), ValueError);
    assert.throws(() => fromNested(Number.NaN, "int32"), ValueError);
    assert.deepEqual([...fromNested([2, 0, true], "bool").data], [1, 0, 1]);
  });

  test("empty lists have a size of zero", () => {
    assert.deepEqual(shapeOfNested([[], []]), [2, 0]);
    assert.equal(fromNested([[], []], "float32").size, 0);
  });
});
