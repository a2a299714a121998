import { ShapeError } from "../../core/errors.ts";
import type { NDArray } from "../../core/ndarray.ts";
import { formatShape } from "../../core/shape.ts";

/** One decoded image with its class. */
export interface LabeledImage {
  /** Height, width, channels; 0 to 255. */
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Number of the class, from 0. */
  readonly label: number;
}

/** Images in memory, by number. */
export interface LabeledImages {
  readonly size: number;
  /** @param index from 0 to below `size`. */
  get(index: number): LabeledImage;
}

/**
 * Arrays as images: what MNIST's two IDX files and the arrays of a .npz hold.
 *
 * @param images uint8 `[count, height, width]` or `[count, height, width, channels]`.
 * @param labels uint8 or int32 `[count]` (or `[count, 1]`, as Keras' CIFAR has it).
 * @throws ShapeError when they do not fit.
 */
export function labeledImages(images: NDArray, labels: NDArray): LabeledImages {
  const [size = 0, height = 0, width = 0, channels = 1] = images.shape;
  const isImages = images.dtype === "uint8" && (images.rank === 3 || images.rank === 4);
  const isLabels =
    (labels.dtype === "uint8" || labels.dtype === "int32") && labels.shape[0] === size && labels.size === size;
  if (!isImages || !isLabels) {
    throw new ShapeError({
      problem: "labeledImages: these are no images with a label each.",
      operands: [
        { name: "images", value: formatShape(images.shape), note: images.dtype },
        { name: "labels", value: formatShape(labels.shape), note: labels.dtype },
      ],
      fix: "images are uint8 [count, height, width] or [count, height, width, channels], labels whole numbers [count].",
    });
  }
  const { data } = images;
  const step = height * width * channels;
  return {
    size,
    get: (index) => {
      const pixels = (data as Uint8Array).subarray(index * step, (index + 1) * step);
      return { pixels, height, width, channels, label: labels.data[index] ?? 0 };
    },
  };
}
