import { ShapeError } from "../../src/core/errors.ts";
import { geluGrad } from "../../src/ops/gelu-grad.ts";
import { gradientOpCases } from "../support/elementwise-cases.ts";
import { testOp, values } from "../support/test-op.ts";

const x = [-6.0, -3.0, -1.5, -0.5, -0.001, 0.0, 0.25, 1.0, 2.5, 7.0];
const dy = x.map(() => 1);

testOp("geluGrad", {
  build: ({ dy: upstream, x: at }) => geluGrad(upstream, at, false),
  cases: { ...gradientOpCases("x"), tails: { dy: values([1, 1, 1, 1]), x: values([-14, -6, 6, 1e20]) } },
  tolerance: {
    rtol: 1.3e-6,
    atol: 5e-7,
    why: "P(X <= x) and x p(x) cancel where x is close to -0.75; |dy| is up to 4",
  },
  golden: [
    {
      inputs: { dy, x },
      outputs: [
        [
          -3.54687095e-8, -0.0119456472, -0.127469192, 0.132504875, 0.499202116, 0.5, 0.695373355, 1.08331547,
          1.03761109, 1.0,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
  rejects: { "shapes that differ": { inputs: { dy: [2, 3], x: [3, 2] }, error: ShapeError, message: /geluGrad/ } },
});

testOp("geluGrad, approximate", {
  build: ({ dy: upstream, x: at }) => geluGrad(upstream, at, true),
  cases: { ...gradientOpCases("x"), tails: { dy: values([1, 1, 1, 1]), x: values([-14, -6, 6, 1e20]) } },
  tolerance: {
    rtol: 1.3e-6,
    atol: 5e-7,
    why: "P(X <= x) and x p(x) cancel where x is close to -0.75; |dy| is up to 4",
  },
  golden: [
    {
      inputs: { dy, x },
      outputs: [
        [
          -7.70997601e-10, -0.0115841666, -0.127710793, 0.132630096, 0.499202116, 0.5, 0.695354095, 1.08296408,
          1.03795158, 1.0,
        ],
      ],
      from: "test/golden/elementwise.py",
    },
  ],
});
