import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gradients } from "../../src/autodiff/gradients.ts";
import type { NestedArray } from "../../src/core/ndarray.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Tensor } from "../../src/graph/tensor.ts";
import { broadcastTo } from "../../src/ops/broadcast-to.ts";
import { concat } from "../../src/ops/concat.ts";
import { gather } from "../../src/ops/gather.ts";
import { moments } from "../../src/ops/moments.ts";
import { pad } from "../../src/ops/pad.ts";
import { placeholder } from "../../src/ops/placeholder.ts";
import { reduceMean } from "../../src/ops/reduce-mean.ts";
import { reduceSum } from "../../src/ops/reduce-sum.ts";
import { reshape } from "../../src/ops/reshape.ts";
import { slice } from "../../src/ops/slice.ts";
import { square } from "../../src/ops/square.ts";
import { squeeze } from "../../src/ops/squeeze.ts";
import { stridedSlice } from "../../src/ops/strided-slice.ts";
import { tile } from "../../src/ops/tile.ts";
import { Session } from "../../src/runtime/session.ts";
import { referenceBackend, testedBackends } from "../support/backends.ts";

/** Gradients of ops on x = [[1, 2, 3], [4, 5, 6]] whose rows are unknown when the graph is built: 2 wx of sum (f x)^2. */
const cases: readonly { readonly op: string; readonly build: (x: Tensor) => Tensor; readonly gradient: NestedArray }[] =
  [
    {
      op: "reduceMean axis=0",
      build: (x) => reduceMean(x, { axis: 0 }),
      gradient: [
        [2.5, 3.5, 4.5],
        [2.5, 3.5, 4.5],
      ],
    },
    {
      op: "reduceMean",
      build: (x) => reduceMean(x),
      gradient: [
        [7 / 6, 7 / 6, 7 / 6],
        [7 / 6, 7 / 6, 7 / 6],
      ],
    },
    {
      op: "moments",
      build: (x) => moments(x, { axis: 0 }).mean,
      gradient: [
        [2.5, 3.5, 4.5],
        [2.5, 3.5, 4.5],
      ],
    },
    {
      op: "slice",
      build: (x) => slice(x, [1, 1], [-1, 2]),
      gradient: [
        [0, 0, 0],
        [0, 10, 12],
      ],
    },
    {
      op: "stridedSlice",
      build: (x) => stridedSlice(x, [-1], [0], { strides: [-2], endMask: 1 }),
      gradient: [
        [0, 0, 0],
        [8, 10, 12],
      ],
    },
    {
      op: "pad",
      build: (x) =>
        pad(x, [
          [1, 2],
          [0, 1],
        ]),
      gradient: [
        [2, 4, 6],
        [8, 10, 12],
      ],
    },
    {
      op: "pad REFLECT",
      build: (x) =>
        pad(
          x,
          [
            [1, 0],
            [0, 0],
          ],
          { mode: "REFLECT" },
        ),
      gradient: [
        [2, 4, 6],
        [16, 20, 24],
      ],
    },
    {
      op: "tile",
      build: (x) => tile(x, [2, 1]),
      gradient: [
        [4, 8, 12],
        [16, 20, 24],
      ],
    },
    {
      op: "concat",
      build: (x) => concat([x, x], 0),
      gradient: [
        [4, 8, 12],
        [16, 20, 24],
      ],
    },
    {
      op: "gather",
      build: (x) => gather(x, [1, 1]),
      gradient: [
        [0, 0, 0],
        [16, 20, 24],
      ],
    },
    {
      op: "reshape",
      build: (x) => reshape(x, [-1, 2]),
      gradient: [
        [2, 4, 6],
        [8, 10, 12],
      ],
    },
    {
      op: "squeeze",
      build: (x) => squeeze(slice(x, [0, 1], [-1, 1]), { axis: 1 }),
      gradient: [
        [0, 4, 0],
        [0, 10, 0],
      ],
    },
    {
      op: "broadcastTo",
      build: (x) => broadcastTo(x, [2, 2, 3]),
      gradient: [
        [4, 8, 12],
        [16, 20, 24],
      ],
    },
  ];

for (const { name, backend } of [{ name: "reference", backend: referenceBackend }, testedBackends[0]!]) {
  describe(`gradients with an unknown batch: ${name}`, () => {
    for (const { op, build, gradient } of cases) {
      test(op, async () => {
        const graph = new Graph();
        await using session = new Session({ graph, backend });
        const [x, dx] = graph.asDefault(() => {
          const fed = placeholder("float32", [null, 3]);
          return [fed, gradients(reduceSum(square(build(fed))), [fed])[0]];
        });
        assert.ok(dx);
        const result = await session.run(dx, [
          [
            x,
            [
              [1, 2, 3],
              [4, 5, 6],
            ],
          ],
        ]);
        assert.deepEqual(result.shape, [2, 3]);
        const expected = gradient as number[][];
        for (const [index, value] of result.data.entries()) {
          const wanted = expected[Math.floor(index / 3)]![index % 3]!;
          assert.ok(Math.abs(value - wanted) < 1e-5, `element ${index} is ${value}, expected ${wanted}`);
        }
      });
    }
  });
}

test("broadcastTo a dimension of 1 takes an unknown one, and refuses it when it turns out to be another", async () => {
  const graph = new Graph();
  await using session = new Session({ graph, backend: referenceBackend });
  const [x, y] = graph.asDefault(() => {
    const fed = placeholder("float32", [null]);
    return [fed, broadcastTo<Tensor, readonly number[]>(fed, [2, 1])] as const;
  });
  assert.deepEqual([...(await session.run(y, [[x, [7]]])).data], [7, 7]);
  await assert.rejects(session.run(y, [[x, [7, 8]]]), /\[2\] does not stretch to \[2, 1\]/);
});
