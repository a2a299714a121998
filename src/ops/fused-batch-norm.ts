import { dimensionsAgree } from "../core/shape.ts";
import type { OpDef, TensorSpec } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { applyOp, defineOp, type OpOptions, type Ops } from "./shared/define-op.ts";
import { gradientOfFormula } from "./shared/gradient-of-formula.ts";
import { requireDType, requireRank, requireValue } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { requireOptions } from "./shared/require-options.ts";

export interface FusedBatchNormAttrs {
  readonly epsilon: number;
  /** Whether the moments are the batch's own, or the ones given. */
  readonly isTraining: boolean;
}

/** Outputs: y, mean, variance, and 1 / sqrt(variance + epsilon), which going back reads. */
export const FusedBatchNorm: OpDef<
  "FusedBatchNorm",
  ["x", "scale", "offset", "mean?", "variance?"],
  FusedBatchNormAttrs
> = defineOp({
  name: "FusedBatchNorm",
  inputs: ["x", "scale", "offset", "mean?", "variance?"],
  infer: ({ x, ...perChannel }, { epsilon, isTraining }) => {
    requireDType("x", x, "float32");
    requireRank("x", x, { atLeast: 2 }, "batch, ..., channels");
    requireValue(epsilon >= 0, `epsilon is ${epsilon}.`, "epsilon is a number, 0 or more.");
    requireValue(
      isTraining || (perChannel.mean !== undefined && perChannel.variance !== undefined),
      "mean and variance are missing.",
      "pass both, or isTraining: true to use the batch's own.",
    );
    const channels = requireChannels(x, perChannel);
    const vector: TensorSpec = { shape: [channels], dtype: "float32" };
    return [{ shape: [...x.shape.slice(0, -1), channels], dtype: "float32" }, vector, vector, vector];
  },
  gradient: (
    { inputs: { x, scale, mean, variance }, attrs, ys, dys: [dy = null, ...dMoments], differentiate },
    ops,
  ) => {
    const add = (a: Tensor | null, b: Tensor | null): Tensor | null => (a && b ? ops.add(a, b) : (a ?? b));
    const [dx, dScale, dOffset] =
      dy === null ? [null, null, null] : ops.fusedBatchNormGrad(dy, x, scale, ys[1]!, ys[3]!, attrs);
    const moments = { dys: dMoments, differentiate };
    if (mean === undefined || variance === undefined || attrs.isTraining) {
      const own = gradientOfFormula<["x"]>({ inputs: { x }, ...moments }, ops, (inputs) =>
        ownMoments(inputs.x, attrs, ops),
      );
      return { x: add(dx, own.x), scale: dScale, offset: dOffset, mean: null, variance: null };
    }
    const given = gradientOfFormula<["mean", "variance"]>({ inputs: { mean, variance }, ...moments }, ops, (inputs) => [
      inputs.mean,
      inputs.variance,
      inverseOf(inputs.variance, attrs, ops),
    ]);
    // y = (x - mean) r scale + offset with r = (variance + epsilon)^-1/2; dScale is the sum of dy (x - mean) r.
    const factor = ops.mul(scale, ys[3]!);
    return {
      x: dx,
      scale: dScale,
      offset: dOffset,
      mean: add(given.mean, dOffset && ops.neg(ops.mul(factor, dOffset))),
      variance: add(given.variance, dScale && ops.mul(ops.mul(ops.mul(factor, ys[3]!), dScale), -0.5)),
    };
  },
});

/** Outputs 1 to 3 when training. */
function ownMoments(x: Tensor, attrs: FusedBatchNormAttrs, ops: Ops): Tensor[] {
  const { mean, variance } = ops.moments(x, { axis: x.shape.slice(0, -1).map((_, index) => index) });
  const rows = ops.div(ops.cast(ops.size(x), "float32"), ops.cast(ops.size(mean), "float32"));
  const corrected = ops.mul(variance, ops.div(rows, ops.maximum(ops.sub(rows, 1), 1)));
  return [mean, corrected, inverseOf(variance, attrs, ops)];
}

function inverseOf(variance: Tensor, { epsilon }: FusedBatchNormAttrs, ops: Ops): Tensor {
  return ops.rsqrt(ops.add(variance, epsilon));
}

export interface FusedBatchNormOptions extends OpOptions {
  /** `[channels]`, used when not training. */
  readonly mean?: TensorLike | undefined;
  /** `[channels]`, used when not training. */
  readonly variance?: TensorLike | undefined;
  /** Keeps the divisor away from 0; default 0.001. */
  readonly epsilon?: number | undefined;
  /** Default true: normalize by the batch's own moments. */
  readonly isTraining?: boolean | undefined;
}

/** The results of `fusedBatchNorm`. */
export interface BatchNormResult<Y extends Tensor = Tensor> {
  readonly y: Y;
  /** `[channels]`: the batch's mean when training, else the one given. */
  readonly batchMean: Tensor<[number | null], "float32">;
  /**
   * `[channels]`: when training, the batch's variance with Bessel's correction (divided by n - 1), to update running
   * statistics with, as in TensorFlow; y itself is normalized by the uncorrected one. Else the one given.
   */
  readonly batchVariance: Tensor<[number | null], "float32">;
}

/**
 * Batch normalization over all axes but the last: y = (x - mean) / sqrt(variance + epsilon) * scale + offset.
 *
 * When training, the moments are the batch's own and gradients flow through them; `updateRunningStatistics` keeps their
 * running means for later. When not, they are the ones given.
 *
 * @param x float32 `[batch, ..., channels]`, rank 2 or more. @param scale, offset float32 `[channels]`.
 * @throws ShapeError when ranks or channels do not fit. @throws ValueError when mean or variance is missing.
 * @see Ioffe, Szegedy, "Batch normalization", ICML 2015; TensorFlow, tf.nn.fused_batch_norm.
 */
export function fusedBatchNorm<const X extends TensorLike>(
  x: X,
  scale: TensorLike,
  offset: TensorLike,
  options: FusedBatchNormOptions = {},
): BatchNormResult<Tensor<ShapeOf<X>, "float32">> {
  requireOptions("fusedBatchNorm", options, "mean");
  const { mean, variance, epsilon = 0.001, isTraining = true } = options;
  const images = toTensor(x);
  const given = (value: TensorLike | undefined): Tensor | undefined =>
    value === undefined || isTraining ? undefined : toTensor(value, images);
  const inputs = {
    x: images,
    scale: toTensor(scale, images),
    offset: toTensor(offset, images),
    mean: given(mean),
    variance: given(variance),
  };
  const [y, batchMean, batchVariance] = applyOp(FusedBatchNorm, inputs, { epsilon, isTraining }, options).outputs;
  type Vector = Tensor<[number | null], "float32">;
  return {
    y: y as Tensor<ShapeOf<X>, "float32">,
    batchMean: batchMean as Vector,
    batchVariance: batchVariance as Vector,
  };
}

/** The number of channels that everything agrees on. */
function requireChannels(x: TensorSpec, vectors: Readonly<Record<string, TensorSpec | undefined>>): number | null {
  let channels = x.shape.at(-1) ?? null;
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector === undefined) continue;
    requireDType(name, vector, "float32");
    requireRank(name, vector, 1, "channels");
    const own = vector.shape[0] ?? null;
    if (!dimensionsAgree(channels, own)) {
      throw new OpProblem("shape", `x and ${name} disagree on channels.`, {
        notes: { x: `..., channels = ${channels}`, [name]: `channels = ${own}` },
        fix: `${name} must have ${channels} elements, one for each channel of x.`,
      });
    }
    channels ??= own;
  }
  return channels;
}
