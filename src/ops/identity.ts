import type { Shape } from "../core/shape.ts";
import type { DType } from "../core/dtype.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";

export const Identity: OpDef<"Identity", ["x"]> = defineOp({
  name: "Identity",
  inputs: ["x"],
  view: true,
  infer: ({ x }) => x,
  gradient: ({ dy }) => ({ x: dy }),
});

/** The same tensor under another name; under `controlDependencies`, its value after those ran. Costs nothing. */
export function identity<S extends Shape, D extends DType>(x: Tensor<S, D>, options: OpOptions = {}): Tensor<S, D> {
  return apply(Identity, { x }, {}, options);
}
