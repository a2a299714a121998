import { formatShape } from "../core/shape.ts";
import { ShapeError, ValueError } from "../core/errors.ts";
import { constant } from "../ops/index.ts";
import { Tensor } from "../graph/tensor.ts";
import type { Scalar } from "./optimizer.ts";

/**
 * A hyperparameter as a scalar tensor in the default graph.
 * @throws ValueError when it is no finite number. @throws ShapeError, when a tensor, if it is no scalar.
 */
export function scalar(value: Scalar, name: string): Tensor {
  if (value instanceof Tensor) {
    if (value.rank === 0) return value;
    throw new ShapeError({
      problem: `${name} must be a number or a scalar tensor.`,
      operands: [{ name: value.name, value: formatShape(value.shape) }],
      fix: "pass a tensor of shape [].",
      site: value.op.site,
    });
  }
  if (!Number.isFinite(value)) throw new ValueError({ problem: `${name} is ${value}.`, fix: "pass a finite number." });
  return constant(value, { dtype: "float32", name });
}
