import type { BlockShape, Checked, ImagesProblem } from "../core/shape-types.ts";
import type { Tensor } from "../graph/tensor.ts";
import { reshape } from "./reshape.ts";
import { blockShape } from "./shared/block-shape.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { transpose } from "./transpose.ts";

/**
 * Blocks of pixels as channels: `blockSize` x `blockSize` pixels become the channels of one, row by row. `depthToSpace`
 * undoes it.
 *
 * @param images any dtype, `[batch, height, width, channels]`, height and width multiples of blockSize; one of batch,
 * height and width may be unknown.
 * @returns `[batch, height / blockSize, width / blockSize, channels * blockSize²]`.
 * @throws ShapeError when they are not so. @throws ValueError when blockSize is no such number.
 * @see TensorFlow, tf.space_to_depth.
 */
export function spaceToDepth<const X extends TensorLike>(
  images: Checked<X, ImagesProblem<"spaceToDepth", ShapeOf<X>>>,
  blockSize: number,
  options: OpOptions = {},
): Tensor<BlockShape<ShapeOf<X>>, DTypeOf<X>> {
  requireOptions("spaceToDepth", options);
  const x = toTensor(images);
  const [batch, height, width, channels] = blockShape("spaceToDepth", x, blockSize, { sides: blockSize });
  const shorter = (side: number): number => (side === -1 ? -1 : side / blockSize);
  const build = (): Tensor => {
    const rows: Tensor = reshape(x, [batch, shorter(height), blockSize, shorter(width), blockSize, channels]);
    const blocks: Tensor = transpose(rows, [0, 1, 3, 2, 4, 5]);
    return reshape(blocks, [batch, shorter(height), shorter(width), channels * blockSize * blockSize]);
  };
  return x.graph.nameScope(options.name ?? "spaceToDepth", build) as ReturnType<typeof spaceToDepth<X>>;
}
