import type { BlockShape, Checked, ImagesProblem } from "../core/shape-types.ts";
import type { Tensor } from "../graph/tensor.ts";
import { reshape } from "./reshape.ts";
import { blockShape } from "./shared/block-shape.ts";
import type { OpOptions } from "./shared/define-op.ts";
import { requireOptions } from "./shared/require-options.ts";
import { type DTypeOf, type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";
import { transpose } from "./transpose.ts";

/**
 * Channels as blocks of pixels: the channels of each pixel become `blockSize` x `blockSize` pixels, row by row. The last
 * step of sub-pixel convolution; `spaceToDepth` undoes it.
 *
 * @param images any dtype, `[batch, height, width, channels]`, the channels a multiple of blockSize²; one of batch, height
 * and width may be unknown.
 * @returns `[batch, height * blockSize, width * blockSize, channels / blockSize²]`.
 * @throws ShapeError when they are not so. @throws ValueError when blockSize is no such number.
 * @see Shi et al., "Real-time single image and video super-resolution using an efficient sub-pixel convolutional neural
 * network", CVPR 2016; TensorFlow, tf.depth_to_space.
 */
export function depthToSpace<const X extends TensorLike>(
  images: Checked<X, ImagesProblem<"depthToSpace", ShapeOf<X>>>,
  blockSize: number,
  options: OpOptions = {},
): Tensor<BlockShape<ShapeOf<X>>, DTypeOf<X>> {
  requireOptions("depthToSpace", options);
  const x = toTensor(images);
  const depth = blockSize * blockSize;
  const [batch, height, width, channels] = blockShape("depthToSpace", x, blockSize, { channels: depth });
  const longer = (side: number): number => (side === -1 ? -1 : side * blockSize);
  const build = (): Tensor => {
    const blocks: Tensor = reshape(x, [batch, height, width, blockSize, blockSize, channels / depth]);
    const rows: Tensor = transpose(blocks, [0, 1, 3, 2, 4, 5]);
    return reshape(rows, [batch, longer(height), longer(width), channels / depth]);
  };
  return x.graph.nameScope(options.name ?? "depthToSpace", build) as ReturnType<typeof depthToSpace<X>>;
}
