import type { ConcreteShape } from "../core/shape.ts";
import { constant, variable, type Variable } from "../ops/index.ts";

/** A variable of the shape of another, beside it, that training does not change by itself. */
export function slotOf(v: Variable, name: string): Variable {
  return v.graph.nameScope("", () =>
    variable(constant(0, { shape: v.shape as ConcreteShape, dtype: "float32" }), {
      name: `${v.op.name}/${name}`,
      trainable: false,
    }),
  );
}
