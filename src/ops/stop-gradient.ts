import type { DType } from "../core/dtype.ts";
import type { Shape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";

export const StopGradient: OpDef<"StopGradient", ["x"]> = defineOp({
  name: "StopGradient",
  inputs: ["x"],
  view: true,
  infer: ({ x }) => x,
  gradient: null,
});

/** x, which gradients take for a constant. Costs nothing. */
export function stopGradient<S extends Shape, D extends DType>(x: Tensor<S, D>, options: OpOptions = {}): Tensor<S, D> {
  return apply(StopGradient, { x }, {}, options);
}
