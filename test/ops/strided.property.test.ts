/** Ops that move elements about, on random shapes: the kernels take different roads for different strides. */
import { test } from "node:test";
import fc from "fast-check";
import { reduceSum } from "../../src/ops/reduce-sum.ts";
import { reverse } from "../../src/ops/reverse.ts";
import { stridedSlice } from "../../src/ops/strided-slice.ts";
import { sumLike } from "../../src/ops/sum-like.ts";
import { tile } from "../../src/ops/tile.ts";
import { transpose } from "../../src/ops/transpose.ts";
import { type Build, type Options } from "../support/check-op.ts";
import { checkCase, integers, normal } from "../support/test-op.ts";

const RUNS = 25;
const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const without = {
  gradient: { none: "shown on chosen shapes" },
  nonFinite: { none: "shown on chosen shapes" },
  cases: {},
};
const tolerance = { rtol: 1.3e-6, atol: 1e-4, why: "sums of terms that cancel" };

function property<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  build: Build,
  optionsOf: (drawn: T) => { shape: number[]; options: Options },
): void {
  test(name, async () => {
    const check = fc.asyncProperty(cases, fc.boolean(), async (drawn, bytes) => {
      const { shape, options } = optionsOf(drawn);
      const x = bytes && !name.includes("Sum") ? integers(shape, 0, 256, "uint8") : normal(shape);
      await checkCase({ ...without, build, tolerance }, { x }, options);
    });
    await fc.assert(check, { numRuns: RUNS });
  });
}

const perms = shapes.chain((shape) =>
  fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }).map((perm) => ({ shape, options: { perm } })),
);
property(
  "transpose of any shape by any order",
  perms,
  ({ x }, { perm }) => transpose(x, perm),
  (drawn) => drawn,
);

const axes = shapes.chain((shape) => fc.subarray([...shape.keys()]).map((axis) => ({ shape, options: { axis } })));
property(
  "reverse of any axes",
  axes,
  ({ x }, { axis }) => reverse(x, axis),
  (drawn) => drawn,
);
property(
  "reduceSum over any axes",
  axes,
  ({ x }, options) => reduceSum(x, options),
  (drawn) => drawn,
);
property(
  "sumLike undoes any broadcast (Sum)",
  axes,
  ({ x }, { axis }) => sumLike(x, reduceSum(x, { axis, keepDims: true })),
  (drawn) => drawn,
);

const bound = fc.integer({ min: -12, max: 12 });
const ranges = fc.record({ begin: bound, end: bound, stride: fc.constantFrom(-3, -2, -1, 1, 2, 3) });
const slices = shapes.chain((shape) =>
  fc.array(ranges, { minLength: shape.length, maxLength: shape.length }).map((list) => ({
    shape,
    options: {
      begin: list.map(({ begin }) => begin),
      end: list.map(({ end }) => end),
      strides: list.map(({ stride }) => stride),
    },
  })),
);
property(
  "stridedSlice by any ranges",
  slices,
  ({ x }, { begin, end, strides }) => stridedSlice(x, begin, end, { strides }),
  (drawn) => drawn,
);

const tiles = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
  maxLength: 4,
});
property(
  "tile by any multiples",
  tiles,
  ({ x }, { multiples }) => tile(x, multiples),
  (pairs) => ({ shape: pairs.map(([size]) => size), options: { multiples: pairs.map(([, multiple]) => multiple) } }),
);
