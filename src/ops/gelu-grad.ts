import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type Ops } from "./shared/define-op.ts";
import type { GeluAttrs } from "./gelu.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";

export const GeluGrad: OpDef<"GeluGrad", ["dy", "x"], GeluAttrs> = defineOp({
  name: "GeluGrad",
  inputs: ["dy", "x"],
  inPlace: ["dy", "x"],
  infer: ({ dy, x }, _attrs: GeluAttrs) => requireSameShapeAndDType({ dy, x }),
  gradient: ({ inputs: { dy: first, x }, attrs: { approximate }, dy }, ops) => ({
    dy: ops.geluGrad(dy, x, approximate),
    x: ops.mul(ops.mul(dy, first), secondDerivative(x, approximate, ops)),
  }),
});

/** p(x) (2 - x^2), or that of the tanh approximation. */
function secondDerivative(anyX: Tensor, approximate: boolean, ops: Ops): Tensor {
  // Beyond, float32 has 0 for p and 1 for the tanh, but x^2 may be infinite.
  const x = ops.clipByValue(anyX, -20, 20);
  const squares = ops.square(x);
  if (!approximate) {
    const density = ops.mul(ops.exp(ops.mul(squares, -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return ops.mul(density, ops.sub(2, squares));
  }
  // gelu = x/2 (1 + tanh u); with s = 1 - tanh^2 u the derivative is (1 + tanh u)/2 + x/2 s u'.
  const factor = Math.sqrt(2 / Math.PI);
  const u = ops.mul(ops.mul(x, ops.add(ops.mul(squares, 0.044715), 1)), factor);
  const slope = ops.mul(ops.add(ops.mul(squares, 3 * 0.044715), 1), factor);
  const curvature = ops.mul(x, 6 * 0.044715 * factor);
  // Not 1 - tanh^2, of which nothing is left where tanh is close to 1.
  const s = ops.mul(ops.mul(ops.sigmoid(ops.mul(u, 2)), ops.sigmoid(ops.mul(u, -2))), 4);
  const bend = ops.sub(ops.mul(curvature, 0.5), ops.mul(ops.tanh(u), ops.square(slope)));
  return ops.mul(s, ops.add(slope, ops.mul(x, bend)));
}

/** The gradient of `gelu`: dy * (P(X <= x) + x p(x)), or that of its tanh approximation. `dy`, `x`: same shape. */
export function geluGrad<S extends Shape>(dy: Tensor<S>, x: Tensor, approximate: boolean): Tensor<S, "float32"> {
  return apply(GeluGrad, { dy, x }, { approximate });
}
