import { cast } from "../../src/ops/cast.ts";
import { reduceProd } from "../../src/ops/reduce-prod.ts";
import { integers, testOp, uniform, values } from "../support/test-op.ts";

testOp("reduceProd", {
  build: ({ x }, options) => reduceProd(x, options),
  cases: {
    scalar: { x: [] },
    "no element": { x: [0, 3], $options: { axis: 0 } },
    "x=[3,7]": { x: uniform([3, 7], 0.5, 1.5) },
    "x=[5,37] axis=0 keepDims": { x: uniform([5, 37], 0.5, 1.5), $options: { axis: 0, keepDims: true } },
    "x=[5,37] axis=-1": { x: uniform([5, 37], 0.5, 1.5), $options: { axis: -1 } },
    "x=[2,3,4,5] axis=[1,3]": { x: uniform([2, 3, 4, 5], 0.5, 1.5), $options: { axis: [1, 3] } },
    "x=[2,3,4,5] axis=[0,1]": { x: uniform([2, 3, 4, 5], 0.5, 1.5), $options: { axis: [0, 1] } },
    "one zero": {
      x: values([
        [0, 2, 3],
        [4, 5, 6],
      ]),
      $options: { axis: 1 },
    },
    "two zeros": {
      x: values([
        [0, 2, 0],
        [4, 5, 6],
      ]),
      $options: { axis: 1 },
    },
  },
  tolerance: { rtol: 2e-6, why: "the gradient is rounded between the products before and after" },
});

testOp("reduceProd of integers", {
  build: ({ x }, options) => reduceProd(x, options),
  cases: {
    int32: { x: integers([3, 5], -4, 5), $options: { axis: 1 } },
    columns: { x: integers([5, 3], -4, 5), $options: { axis: 0 } },
  },
  gradient: { none: "integers have none" },
});

testOp("reduceProd of integers that wraps around, as the next op reads it", {
  build: ({ x }) => cast(reduceProd(x, { axis: 1 }), "float32"),
  cases: {
    beyond: {
      x: values(
        [
          [2 ** 31 - 1, 2 ** 31 - 1, 3],
          [65536, 32768, 1],
        ],
        "int32",
      ),
    },
  },
  golden: [
    {
      inputs: { x: values([[2 ** 31 - 1, 2 ** 31 - 1, 3]], "int32") },
      outputs: [[3]],
      from: "by hand: (2^31 - 1)^2 = 2^62 - 2^32 + 1, of which int32 keeps the 1",
    },
  ],
  gradient: { none: "integers have none" },
});

testOp("reduceProd beyond float32 on the way", {
  build: ({ x }) => reduceProd(x),
  cases: { "x=[4]": { x: values([1e30, 1e30, 1e-30, 1e-30]) } },
  gradient: { none: "finite differences cannot see elements of 1e-30" },
  nonFinite: { none: "covered above" },
});
