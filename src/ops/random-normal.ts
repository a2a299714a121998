import type { Plain } from "../core/shape-types.ts";
import type { ConcreteShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { seedPair } from "./random-seed.ts";
import { type RandomAttrs, type RandomOptions, requireRandomShape } from "./shared/random-shape.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface RandomNormalAttrs extends RandomAttrs {
  readonly mean: number;
  readonly stddev: number;
}

export const RandomNormal: OpDef<"RandomNormal", [], RandomNormalAttrs> = defineOp({
  name: "RandomNormal",
  inputs: [],
  stateful: true,
  random: true,
  infer: (_inputs, { shape }) => {
    requireRandomShape(shape);
    return { shape, dtype: "float32" };
  },
  gradient: null,
});

export interface RandomNormalOptions extends RandomOptions {
  /** Default 0. */
  readonly mean?: number | undefined;
  /** Standard deviation; default 1. */
  readonly stddev?: number | undefined;
}

/**
 * Normal random numbers, new ones in every run: Box and Muller's transform of the words that `randomUniform` makes
 * numbers of. Of a block's words a, b, c, d, the first two elements are the cosine and the sine of a and b, the other
 * two those of c and d. No number lies further than 5.77 standard deviations from the mean.
 *
 * @param shape every dimension known.
 * @returns float32.
 * @see Box, Muller, "A note on the generation of random normal deviates", 1958; TensorFlow, tf.random_normal.
 */
export function randomNormal<const S extends ConcreteShape>(
  shape: S,
  options: RandomNormalOptions = {},
): Tensor<Plain<S>, "float32"> {
  requireOptions("randomNormal", options, "mean");
  const { mean = 0, stddev = 1, seed } = options;
  return apply(RandomNormal, {}, { shape, mean, stddev, seed: seedPair(seed) }, options);
}
