import type { DType } from "../../src/core/dtype.ts";
import { cast } from "../../src/ops/cast.ts";
import { booleans, integers, normal, testOp, values } from "../support/test-op.ts";

const FLOATS = values([-3e9, -300.5, -1.9, -0.5, 0, 0.5, 0.99, 1.5, 254.9, 255.9, 300, 3e9]);
const INTS = values([-2147483648, -257, -1, 0, 1, 255, 256, 16777217, 2147483647], "int32");
const inputs = {
  float32: { few: FLOATS, many: normal([2, 8205], 100) },
  int32: { few: INTS, many: integers([2, 8205], -1000, 1000) },
  uint8: { few: values([0, 1, 127, 128, 255], "uint8"), many: integers([2, 8205], 0, 256, "uint8") },
  bool: { few: values([0, 1, 1], "bool"), many: booleans([2, 8205]) },
};
const dtypes: readonly DType[] = ["float32", "int32", "uint8", "bool"];

for (const from of dtypes) {
  for (const to of dtypes) {
    testOp(`cast from ${from} to ${to}`, {
      build: ({ x }) => cast(x, to),
      cases: { few: { x: inputs[from].few }, "longer than a task": { x: inputs[from].many } },
      gradient: { none: "only float32 to float32 has one, tested below" },
    });
  }
}

testOp("the gradient of a cast that changes nothing", {
  build: ({ x }) => cast(x, "float32"),
  cases: { "x=[3,5]": { x: [3, 5] } },
});

testOp("cast as documented", {
  build: ({ x }, { to }) => cast(x, to),
  cases: {},
  golden: [
    {
      inputs: { x: [-1.9, 1.9, NaN, 3e9, -3e9] },
      options: { to: "int32" },
      outputs: [[-1, 1, 0, 2147483647, -2147483648]],
      from: "the definition",
    },
    {
      inputs: { x: [-1.9, 1.9, NaN, 300] },
      options: { to: "uint8" },
      outputs: [[0, 1, 0, 255]],
      from: "the definition",
    },
    {
      inputs: { x: values([-1, 257], "int32") },
      options: { to: "uint8" },
      outputs: [[255, 1]],
      from: "the definition",
    },
    { inputs: { x: [NaN, 0, -0, 0.1] }, options: { to: "bool" }, outputs: [[1, 0, 0, 1]], from: "the definition" },
  ],
});
