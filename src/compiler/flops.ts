import { sizeOf } from "../core/shape.ts";
import type { Conv2DGeometry } from "../ops/conv2d-geometry.ts";
import type { MatMulGeometry } from "../ops/mat-mul.ts";
import type { Step } from "./plan.ts";

/**
 * Floating-point operations of a step, as the field counts them: two for each multiply-add of a convolution or matrix
 * product (forward and both gradients, by the direct method whatever algorithm runs), else one for each element of
 * its largest operand: a lower bound that makes elementwise steps comparable. Moving data is no arithmetic.
 */
export function flopsOf(step: Pick<Step, "op" | "geometry" | "inputs" | "outputs">): number {
  const { op, geometry, inputs, outputs } = step;
  if (CONVOLUTIONS.has(op)) return convolutionFlops(geometry as Conv2DGeometry);
  if (op === "MatMul" || op === "FusedMatMul") return matrixFlops(geometry as MatMulGeometry);
  if (MOVES.has(op)) return 0;
  const read = inputs.filter(({ buffer }) => buffer.bytes > 0);
  return Math.max(0, ...[...read, ...outputs].map(({ shape }) => sizeOf(shape)));
}

/** Every multiply-add of the forward pass is one of each gradient too. A depthwise one has a group for each channel. */
const CONVOLUTIONS: ReadonlySet<string> = new Set([
  "Conv2D",
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "Conv2DTranspose",
  "DepthwiseConv2D",
  "DepthwiseConv2DBackpropFilter",
  "DepthwiseConv2DBackpropInput",
  "FusedConv2D",
]);

const MOVES: ReadonlySet<string> = new Set([
  "Assign",
  "BroadcastLike",
  "BroadcastTo",
  "Concat",
  "Copy",
  "Gather",
  "OnesLike",
  "OneHot",
  "Pad",
  "Pack",
  "Reverse",
  "Slice",
  "Split",
  "Stack",
  "StridedSlice",
  "Tile",
  "Transpose",
  "Unstack",
  "ZerosLike",
]);

function convolutionFlops(g: Conv2DGeometry): number {
  return (
    2 * g.batch * g.outHeight * g.outWidth * g.outChannels * g.kernelHeight * g.kernelWidth * (g.inChannels / g.groups)
  );
}

function matrixFlops({ batch, rows, inner, columns }: MatMulGeometry): number {
  return 2 * batch * rows * inner * columns;
}
