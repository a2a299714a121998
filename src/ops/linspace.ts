import { ValueError } from "../core/errors.ts";
import type { Tensor } from "../graph/tensor.ts";
import { constant } from "./constant.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";

/**
 * `num` numbers from start to stop, both included, at equal distances, as a float32 constant.
 *
 * @param num 1 or more; of one alone it is start.
 * @throws ValueError when num is no such integer, or start or stop are no finite numbers.
 * @see TensorFlow, tf.linspace.
 */
export function linspace<const Num extends number>(
  start: number,
  stop: number,
  num: Num,
  options: OpOptions = {},
): Tensor<[Num], "float32"> {
  requireOptions("linspace", options);
  if (!(Number.isInteger(num) && num >= 1 && Number.isFinite(start) && Number.isFinite(stop))) {
    throw new ValueError({
      problem: `linspace: there are no ${num} numbers from ${start} to ${stop}.`,
      fix: "pass two finite numbers, and an integer of 1 or more.",
    });
  }
  // The last is stop itself, not what the steps add up to.
  const at = (index: number): number => (index === num - 1 ? stop : start + ((stop - start) * index) / (num - 1));
  const data = Float32Array.from({ length: num }, (_, index) => (index === 0 ? start : at(index)));
  const numbers: Tensor = constant(data, { name: options.name ?? "linspace" });
  return numbers as Tensor<[Num], "float32">;
}
