import { ValueError } from "../../core/errors.ts";
import type { Tensor } from "../../graph/tensor.ts";
import { pad, placeholder } from "../../ops/index.ts";
import type { Architecture, FeatureLayer } from "../architecture.ts";
import { architectures } from "../architectures.ts";
import { buildModel, type Model, type ModelOptions } from "../model.ts";

/**
 * AlexNet as torchvision has it, into which torchvision's weights fit: without local response normalization, and with 2
 * cells of padding on each side of the first convolution (SAME would be 3 and 4), so that its result is 55 high and
 * wide. Everything else, the numbers of weights included, is as in `alexnet`.
 *
 * @throws ShapeError when the images do not survive the pools.
 * @throws ValueError for a normalization, which torchvision's does not have.
 * @see torchvision, models/alexnet.py; Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014.
 */
export function torchvisionAlexnet(options: ModelOptions = {}): Model {
  return buildTorchvisionAlexnet(architectures.alexnet, options);
}

/** The same of any widths. */
export function buildTorchvisionAlexnet(alexnet: Architecture, options: ModelOptions): Model {
  if (options.normalization !== undefined && options.normalization !== "none") {
    throw new ValueError({
      problem: `torchvisionAlexnet: normalization "${options.normalization}".`,
      fix: "it has none: leave it out, or build tf.models.alexnet.",
    });
  }
  const size = options.imageSize ?? alexnet.imageSize;
  const images: Tensor =
    options.images ?? placeholder("float32", [null, size, size, alexnet.channels], { name: "images" });
  const padded: Tensor = pad(
    images,
    [
      [0, 0],
      [2, 2],
      [2, 2],
      [0, 0],
    ],
    { name: "padded_images" },
  );
  const features = alexnet.features.map((layer, index): FeatureLayer =>
    index === 0 && layer.kind === "conv" ? { ...layer, padding: "VALID" } : layer,
  );
  return { ...buildModel({ ...alexnet, features }, { ...options, images: padded, normalization: "none" }), images };
}
