import type { BiasAdd as BiasAddShape, BiasAddProblem, Checked } from "../core/shape-types.ts";
import { dimensionsAgree } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import { OpProblem } from "../graph/problem.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp, type OpOptions } from "./shared/define-op.ts";
import { requireDType, requireRank } from "./shared/requirements.ts";
import { type ShapeOf, type TensorLike, toTensors } from "./shared/to-tensor.ts";

export const BiasAdd: OpDef<"BiasAdd", ["x", "bias"]> = defineOp({
  name: "BiasAdd",
  inputs: ["x", "bias"],
  inPlace: ["x"],
  infer: ({ x, bias }) => {
    requireDType("x", x, "float32");
    requireDType("bias", bias, "float32");
    requireRank("x", x, { atLeast: 1 });
    requireRank("bias", bias, 1, "channels");
    const channels = x.shape.at(-1) ?? null;
    const biases = bias.shape[0] ?? null;
    if (!dimensionsAgree(channels, biases)) {
      throw new OpProblem("shape", "x and bias disagree on channels.", {
        notes: { x: `..., channels = ${channels}`, bias: `channels = ${biases}` },
        fix: `the bias must have ${channels} elements, one for each channel of x.`,
      });
    }
    return { shape: [...x.shape.slice(0, -1), channels ?? biases], dtype: "float32" };
  },
  gradient: ({ dy }, ops) => ({ x: dy, bias: ops.biasAddGrad(dy) }),
});

/**
 * x + bias, the bias along the last axis: one number for each channel.
 *
 * @param x float32 `[...batch, channels]`.
 * @param bias float32 `[channels]`.
 * @returns the shape of x.
 * @throws ShapeError when x is a scalar, or the bias does not have one element for each channel.
 */
export function biasAdd<const X extends TensorLike, const B extends TensorLike>(
  x: X,
  bias: Checked<B, BiasAddProblem<ShapeOf<X>, ShapeOf<B>>>,
  options: OpOptions = {},
): Tensor<BiasAddShape<ShapeOf<X>, ShapeOf<B>>, "float32"> {
  const [images, biases] = toTensors("biasAdd", x, bias);
  return apply(BiasAdd, { x: images, bias: biases }, {}, options);
}
