import assert from "node:assert/strict";
import { test } from "node:test";
import type { DType } from "../../src/core/dtype.ts";
import { DTypeError, ShapeError, ValueError } from "../../src/core/errors.ts";
import { NDArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { add } from "../../src/ops/add.ts";
import { cast } from "../../src/ops/cast.ts";
import { constant, type Literal } from "../../src/ops/constant.ts";
import { logicalNot } from "../../src/ops/logical-not.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

/** What the tensors are, the same on every backend. */
async function valuesOf(build: () => readonly Tensor[]): Promise<unknown[]> {
  const graph = new Graph();
  const fetches = graph.asDefault(build);
  const [first, ...others] = await Promise.all(
    [{ backend: referenceBackend }, ...testedBackends].map(async ({ backend }) => {
      await using session = new Session({ graph, backend });
      return (await session.run(fetches)).map((result) => [result.dtype, result.toArray()]);
    }),
  );
  for (const other of others) assert.deepEqual(other, first);
  return first ?? [];
}

test("typed arrays have one axis and the dtype of their class", async () => {
  const literals = [Float32Array.of(0.5, 2), Float64Array.of(0.5, 2), Int32Array.of(-1, 2), Uint8Array.of(1, 255)];
  assert.deepEqual(await valuesOf(() => literals.map((literal) => constant<Literal>(literal))), [
    ["float32", [0.5, 2]],
    ["float32", [0.5, 2]],
    ["int32", [-1, 2]],
    ["uint8", [1, 255]],
  ]);
});

test("typed arrays take the shape and the dtype that the options say", async () => {
  const build = (): Tensor[] => [
    constant(Int32Array.of(1, 2, 3, 4), { shape: [2, 2] }),
    constant(Int32Array.of(1, 2), { dtype: "float32" }),
    constant(Float32Array.of(0, 0.5), { dtype: "bool" }),
  ];
  assert.deepEqual(await valuesOf(build), [
    [
      "int32",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["float32", [1, 2]],
    ["bool", [0, 1]],
  ]);
});

test("typed arrays are operands; one of another dtype is refused", async () => {
  const build = (): Tensor[] => [
    add(constant([1, 2]), Float32Array.of(1, 1)),
    add(Int32Array.of(1, 2), 1),
    add([10, 20], Uint8Array.of(1, 2)),
  ];
  assert.deepEqual(await valuesOf(build), [
    ["float32", [2, 3]],
    ["int32", [2, 3]],
    ["uint8", [11, 22]],
  ]);
  new Graph().asDefault(() => {
    assert.throws(() => add(constant([1, 2]), Int32Array.of(1, 1)), DTypeError);
    assert.throws(() => constant(new Int16Array(2) as never), /Int16Array holds elements of no dtype/);
  });
});

test("what happens to an array later does not change the constant", async () => {
  const data = Float32Array.of(1, 2);
  const array = new NDArray("float32", [2], data);
  const build = (): Tensor[] => {
    const constants: Tensor[] = [constant(data), constant(array), add(array, 0)];
    data.fill(7);
    return constants;
  };
  assert.deepEqual(
    await valuesOf(build),
    [0, 1, 2].map(() => ["float32", [1, 2]]),
  );
});

test("bytes that become bool are 0 or 1, so that all ops agree on them", async () => {
  const bytes = new NDArray("bool", [3], Uint8Array.of(0, 1, 7));
  const build = (): Tensor[] => [
    constant(bytes),
    constant(new NDArray("uint8", [3], bytes.data), { dtype: "bool" }),
    cast(constant(bytes), "int32"),
    logicalNot(bytes),
  ];
  assert.deepEqual(await valuesOf(build), [
    ["bool", [0, 1, 1]],
    ["bool", [0, 1, 1]],
    ["int32", [0, 1, 1]],
    ["bool", [1, 0, 0]],
  ]);
});

test("NaN is true, as in cast", async () => {
  const build = (): Tensor[] => {
    const array = new NDArray("float32", [3], Float32Array.of(0.5, Number.NaN, 0));
    return [constant(array, { dtype: "bool" }), cast(array, "bool"), constant([0.5, Number.NaN, 0], { dtype: "bool" })];
  };
  assert.deepEqual(
    await valuesOf(build),
    [0, 1, 2].map(() => ["bool", [1, 1, 0]]),
  );
});

for (const [value, dtype] of [
  [1.9, "uint8"],
  [300, "uint8"],
  [-1, "uint8"],
  [1.5, "int32"],
  [2 ** 31, "int32"],
  [Number.NaN, "int32"],
] as const satisfies readonly (readonly [number, DType])[]) {
  test(`${value} is refused as ${dtype}, in numbers, lists and arrays`, () => {
    new Graph().asDefault(() => {
      const array = new NDArray("float32", [2], Float64Array.of(1, value));
      const literals = [value, [value], array, array.data];
      for (const literal of literals) {
        assert.throws(
          () => constant<Literal>(literal, { dtype }),
          (error) => error instanceof ValueError && error.message.startsWith(`constant: ${value} is no ${dtype}.`),
        );
      }
    });
  });
}

test("elements that do not fill the shape are refused", () => {
  new Graph().asDefault(() => {
    assert.throws(() => constant(new Float32Array(3), { shape: [2, 2] }), ShapeError);
    assert.throws(() => constant([1, 2, 3], { shape: [2, 2] }), /3 elements do not fill shape \[2, 2\]/);
  });
});
