import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type Ops } from "./shared/define-op.ts";
import type { LrnAttrs } from "./lrn.ts";
import { requireSameShapeAndDType } from "./shared/requirements.ts";
import { gradientOfFormula } from "./shared/gradient-of-formula.ts";

type Inputs = Readonly<Record<"dy" | "images", Tensor>>;

export const LRNGrad: OpDef<"LRNGrad", ["dy", "images"], LrnAttrs> = defineOp({
  name: "LRNGrad",
  calledAs: "lrnGrad",
  inputs: ["dy", "images"],
  infer: ({ dy, images }) => requireSameShapeAndDType({ images, dy }),
  gradient: (context, ops) => gradientOfFormula(context, ops, (inputs) => [formula(inputs, context.attrs, ops)]),
});

/** What the kernel computes; see `lrnGrad`. */
function formula({ dy, images }: Inputs, { depthRadius, bias, alpha, beta }: LrnAttrs, ops: Ops): Tensor {
  const windowSums = (x: Tensor): Tensor => sumOverChannels(x, depthRadius, ops);
  const n = ops.add(ops.mul(windowSums(ops.square(images)), alpha), bias);
  const dyByPower = ops.mul(dy, ops.pow(n, -beta));
  const sums = windowSums(ops.mul(dyByPower, ops.div(images, n)));
  return ops.sub(dyByPower, ops.mul(ops.mul(images, sums), 2 * alpha * beta));
}

/** The sum of each channel and `radius` channels on either side. */
function sumOverChannels(x: Tensor, radius: number, ops: Ops): Tensor {
  const channelsAsWidth = ops.transpose(x, [0, 1, 3, 2]);
  const padded = ops.pad(channelsAsWidth, [
    [0, 0],
    [0, 0],
    [radius, radius],
    [0, 0],
  ]);
  const size = 2 * radius + 1;
  const means = ops.avgPool(padded, { ksize: [1, size], strides: 1, padding: "VALID" });
  return ops.transpose(ops.mul(means, size), [0, 1, 3, 2]);
}

/**
 * The gradient of `lrn`. With n = bias + alpha * sum of squares and y = x / n^beta:
 * dx[c] = dy[c] / n[c]^beta - 2 alpha beta x[c] * sum over the window of dy[j] y[j] / n[j].
 *
 * @param dy, images `[batch, height, width, channels]`.
 */
export function lrnGrad(dy: Tensor, images: Tensor, attrs: LrnAttrs): Tensor {
  return apply(LRNGrad, { dy, images }, attrs);
}
