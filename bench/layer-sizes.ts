import * as tf from "millrace";

/** A layer of a network, with what it gets and what it makes: square images. */
export interface SizedLayer {
  readonly layer: tf.models.FeatureLayer;
  readonly size: number;
  readonly channels: number;
  readonly outSize: number;
  readonly outChannels: number;
}

/** The convolutional part of a network, layer by layer. */
export function layerSizes(model: tf.models.ModelName, imageSize?: number): SizedLayer[] {
  const architecture = tf.models.architectures[model];
  let size = imageSize ?? architecture.imageSize;
  let channels = architecture.channels;
  return architecture.features.map((layer) => {
    const outSize =
      layer.kind === "pool" ? Math.floor((size - layer.size) / layer.stride) + 1 : Math.ceil(size / layer.stride);
    const outChannels = layer.kind === "pool" ? channels : layer.outChannels;
    const sized = { layer, size, channels, outSize, outChannels };
    [size, channels] = [outSize, outChannels];
    return sized;
  });
}

/** Operations of a network's convolutions for one image, by the direct method: two for each multiply-add. */
export function networkFlops(model: tf.models.ModelName, options: { readonly backward: boolean }): number {
  let flops = 0;
  for (const [index, { layer, channels, outSize, outChannels }] of layerSizes(model).entries()) {
    if (layer.kind === "pool") continue;
    const forward = 2 * outSize ** 2 * outChannels * layer.kernel ** 2 * channels;
    // Backward, gradients of the filter and of the images, which nobody asks for in the first layer.
    flops += forward * (options.backward ? (index === 0 ? 2 : 3) : 1);
  }
  return flops;
}
