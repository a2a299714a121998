import type { Plain } from "../core/shape-types.ts";
import type { ConcreteShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { seedPair } from "./random-seed.ts";
import { type RandomAttrs, type RandomOptions, requireRandomShape } from "./shared/random-shape.ts";
import { requireValue } from "./shared/requirements.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface RandomUniformAttrs extends RandomAttrs {
  readonly dtype: "float32" | "int32";
  readonly minval: number;
  readonly maxval: number;
}

export const RandomUniform: OpDef<"RandomUniform", [], RandomUniformAttrs> = defineOp({
  name: "RandomUniform",
  inputs: [],
  stateful: true,
  random: true,
  infer: (_inputs, { shape, dtype, minval, maxval }) => {
    requireRandomShape(shape);
    requireValue(
      dtype === "float32" || dtype === "int32",
      `there are no random numbers of ${dtype}.`,
      "use float32 or int32, and tf.cast.",
    );
    if (dtype === "int32") {
      const fits = [minval, maxval].every((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31);
      requireValue(
        fits && minval < maxval,
        `minval is ${minval}, maxval ${maxval}.`,
        "for int32, pass integers with minval < maxval.",
      );
    } else {
      requireValue(minval <= maxval, `minval is ${minval}, maxval ${maxval}.`, "pass minval <= maxval.");
    }
    return { shape, dtype };
  },
  gradient: null,
});

export interface RandomUniformOptions<D extends "float32" | "int32" = "float32"> extends RandomOptions {
  /** Default 0. */
  readonly minval?: number | undefined;
  /** Default 1 for float32; int32 needs one. */
  readonly maxval?: number | undefined;
  /** Default float32. */
  readonly dtype?: D | undefined;
}

/**
 * Uniform random numbers from minval to maxval, new ones in every run.
 *
 * float32: minval + u (maxval - minval), computed in float32, u being one of the 2^24 numbers k / 2^24 below 1; maxval
 * itself comes out only where that sum rounds up to it. int32: minval + word mod (maxval - minval), as in TensorFlow:
 * ranges that do not divide 2^32 are uneven by up to range / 2^32.
 *
 * Element i of run r is word i mod 4 of Philox 4x32-10 at counter (i div 4, r): the same numbers on every backend with
 * any number of threads.
 *
 * @param shape every dimension known.
 * @throws ValueError when the range is empty, int32 bounds are no integers, or `maxval` is missing for int32.
 * @see TensorFlow, tf.random_uniform. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function randomUniform<const S extends ConcreteShape, D extends "float32" | "int32" = "float32">(
  shape: S,
  options: RandomUniformOptions<D> = {},
): Tensor<Plain<S>, NoInfer<D>> {
  requireOptions("randomUniform", options, "minval");
  const { minval = 0, dtype = "float32", seed } = options;
  const maxval = options.maxval ?? (dtype === "int32" ? Number.NaN : 1);
  return apply(RandomUniform, {}, { shape, dtype, minval, maxval, seed: seedPair(seed) }, options);
}
