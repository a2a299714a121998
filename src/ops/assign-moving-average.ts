import type { DType } from "../core/dtype.ts";
import type { Shape } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { assignSub } from "./assign-sub.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { mul } from "./mul.ts";
import { sub } from "./sub.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireVariable } from "./shared/require-variable.ts";

export interface MovingAverageOptions extends OpOptions {
  /** How much of the old value stays, from 0 to 1; default 0.99. */
  readonly decay?: number | undefined;
}

/**
 * Moves a variable towards a value: ref = ref - (ref - value) * (1 - decay).
 *
 * @param ref a variable. @param value of its shape.
 * @returns the variable's value afterwards.
 * @see TensorFlow, tf.python.training.moving_averages.assign_moving_average (without its zero-debiasing).
 */
export function assignMovingAverage<S extends Shape, D extends DType>(
  ref: Tensor<S, D>,
  value: Tensor,
  options: MovingAverageOptions = {},
): Tensor<S, D> {
  requireOptions("assignMovingAverage", options, "decay");
  const { decay = 0.99, name = "AssignMovingAverage" } = options;
  const old: Tensor = requireVariable(ref, "assignMovingAverage");
  const build = (): Tensor<S, D> => assignSub(ref, mul(sub(old, value), 1 - decay));
  return ref.graph.nameScope(name, build);
}
