import { ShapeError } from "../core/errors.ts";
import type {
  Checked,
  Conv2D as Conv2DShape,
  Conv2DProblem,
  DepthwiseConv2D as DepthwiseShape,
  DepthwiseConv2DProblem,
} from "../core/shape-types.ts";
import { dimensionsAgree, formatShape } from "../core/shape.ts";
import { CallSite } from "../graph/call-site.ts";
import type { Tensor } from "../graph/tensor.ts";
import { conv2d } from "./conv2d.ts";
import { depthwiseConv2d } from "./depthwise-conv2d.ts";
import type { WindowOptions } from "./shared/conv2d-geometry.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

/**
 * A depthwise convolution, and a 1 x 1 convolution that mixes its channels. Strides and padding are the first one's.
 *
 * @param images float32 `[batch, height, width, channels]`.
 * @param depthwiseFilter float32 `[height, width, channels, multiplier]`.
 * @param pointwiseFilter float32 `[1, 1, channels * multiplier, out channels]`.
 * @returns float32 `[batch, out height, out width, out channels]`.
 * @throws ShapeError, DTypeError as `conv2d`; ShapeError when the pointwise filter is not 1 x 1.
 * @see Chollet, "Xception: deep learning with depthwise separable convolutions", CVPR 2017; TensorFlow,
 * tf.nn.separable_conv2d.
 */
export function separableConv2d<const X extends TensorLike, const D extends TensorLike, const P extends TensorLike>(
  images: X,
  depthwiseFilter: Checked<D, DepthwiseConv2DProblem<ShapeOf<X>, ShapeOf<D>>>,
  pointwiseFilter: Checked<P, Conv2DProblem<DepthwiseShape<ShapeOf<X>, ShapeOf<D>>, ShapeOf<P>>>,
  options: WindowOptions & OpOptions,
): Tensor<Conv2DShape<DepthwiseShape<ShapeOf<X>, ShapeOf<D>>, ShapeOf<P>>, "float32"> {
  requireOptions("separableConv2d", options, "padding");
  const { name = "separableConv2d", ...window } = options;
  const pictures = toTensor(images);
  const pointwise = toTensor(pointwiseFilter, pictures);
  const sides = pointwise.shape.slice(0, 2);
  if (!sides.every((side) => dimensionsAgree(side, 1))) {
    throw new ShapeError({
      problem: "separableConv2d: the pointwise filter is not 1 x 1.",
      operands: [
        { name: "pointwiseFilter", value: formatShape(pointwise.shape), note: "1, 1, in channels, out channels" },
      ],
      fix: "only the depthwise filter, the one before it, has a height and a width.",
      site: new CallSite().line,
    });
  }
  const build = (): Tensor => {
    const apart: Tensor = depthwiseConv2d(pictures, toTensor(depthwiseFilter, pictures), {
      ...window,
      name: "depthwise",
    });
    return conv2d(apart, pointwise, { padding: "VALID", name: "pointwise" });
  };
  return pictures.graph.nameScope(name, build) as ReturnType<typeof separableConv2d<X, D, P>>;
}
