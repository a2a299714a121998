import { DTypeError } from "../../src/core/errors.ts";
import { gelu } from "../../src/ops/gelu.ts";
import { unaryCases } from "../support/elementwise-cases.ts";
import { booleans, testOp, values } from "../support/test-op.ts";

const GELU = { rtol: 1.3e-6, atol: 5e-7, why: "the gradient's terms cancel close to -0.75" };

testOp("gelu", {
  build: ({ x }) => gelu(x),
  cases: unaryCases(),
  tolerance: GELU,
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [
        [
          -5.91952587e-9, -0.00404969409, -0.100210802, -0.154268769, -0.000499601058, 0.0, 0.149676581, 0.841344746,
          2.48447584, 7.0,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { bool: { inputs: { x: booleans([2]) }, error: DTypeError, message: /gelu/ } },
});

testOp("gelu, approximate", {
  build: ({ x }) => gelu(x, { approximate: true }),
  cases: unaryCases(),
  tolerance: GELU,
  golden: [
    {
      inputs: { x: [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0] },
      outputs: [
        [
          -8.43964898e-11, -0.00363739208, -0.100428423, -0.15428599, -0.000499601058, 0.0, 0.149675351, 0.841191991,
          2.48491573, 7.0,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
});

testOp("gelu at its extremes", {
  build: ({ x }) => gelu(x),
  cases: { "both tails": { x: values([-12.9, -8, -5, -1e-20, 1e-20, 5, 30, 1e20]) } },
  tolerance: { rtol: 1.3e-6, atol: 0 },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});

testOp("gelu at its extremes, approximate", {
  build: ({ x }) => gelu(x, { approximate: true }),
  cases: { "both tails": { x: values([-9, -5, -1e-20, 1e-20, 5, 30, 1e20]) } },
  tolerance: { rtol: 1.3e-5, atol: 0, why: "exp(-2u) multiplies the rounding of u by 2u" },
  gradient: { none: "steps of finite differences do not fit these numbers" },
});
