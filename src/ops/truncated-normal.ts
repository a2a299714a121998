import type { Plain } from "../core/shape-types.ts";
import type { ConcreteShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import type { RandomNormalAttrs, RandomNormalOptions } from "./random-normal.ts";
import { seedPair } from "./random-seed.ts";
import { requireRandomShape } from "./shared/random-shape.ts";
import { requireOptions } from "./shared/require-options.ts";

export const TruncatedNormal: OpDef<"TruncatedNormal", [], RandomNormalAttrs> = defineOp({
  name: "TruncatedNormal",
  inputs: [],
  stateful: true,
  random: true,
  infer: (_inputs, { shape }) => {
    requireRandomShape(shape);
    return { shape, dtype: "float32" };
  },
  gradient: null,
});

/**
 * Normal random numbers of which those further than two standard deviations from the mean are drawn again, new ones in
 * every run. The usual initial value of weights.
 *
 * Attempt a of an element is `randomNormal`'s number at the Philox counter whose last word is a; the element is the
 * first attempt that lies inside. So it depends on no other element.
 *
 * @param shape every dimension known.
 * @returns float32; the standard deviation of what is left is 0.88 of `stddev`.
 * @see TensorFlow, tf.truncated_normal.
 */
export function truncatedNormal<const S extends ConcreteShape>(
  shape: S,
  options: RandomNormalOptions = {},
): Tensor<Plain<S>, "float32"> {
  requireOptions("truncatedNormal", options, "mean");
  const { mean = 0, stddev = 1, seed } = options;
  return apply(TruncatedNormal, {}, { shape, mean, stddev, seed: seedPair(seed) }, options);
}
