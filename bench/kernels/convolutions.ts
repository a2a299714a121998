import * as tf from "millrace";
import { layerSizes } from "../layer-sizes.ts";
import { arithmetic, gradientOf, type KernelCase, numbers } from "./kernel-case.ts";

/** A convolution of a network: images in, filter, stride. */
interface Layer {
  readonly name: string;
  readonly images: readonly [batch: number, height: number, width: number, channels: number];
  readonly filter: readonly [height: number, width: number, inChannels: number, outChannels: number];
  readonly stride: number;
}

/** Every different convolution of AlexNet at the notes' batch size and of VGG16, in all three directions. */
export const convolutions: readonly KernelCase[] = [...layersOf("alexnet", 32), ...layersOf("vgg16", 8)].flatMap(
  (layer) => directionsOf(layer),
);

function layersOf(model: tf.models.ModelName, batch: number): Layer[] {
  const layers = new Map<string, Layer>();
  for (const { layer, size, channels } of layerSizes(model)) {
    if (layer.kind === "pool") continue;
    const { kernel, outChannels, stride } = layer;
    const images = [batch, size, size, channels] as const;
    const filter = [kernel, kernel, channels, outChannels] as const;
    const key = [...images, ...filter].join();
    if (!layers.has(key)) layers.set(key, { name: `${model}/${layer.name}`, images, filter, stride });
  }
  return [...layers.values()];
}

function directionsOf(layer: Layer): KernelCase[] {
  const convolve = (images: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.nn.conv2d(images, filter, { strides: [1, layer.stride, layer.stride, 1], padding: "SAME" });
  const forward: KernelCase = {
    name: `conv2d/${layer.name}/forward`,
    limit: arithmetic,
    build: () => {
      const sum = convolve(numbers(...layer.images), numbers(...layer.filter));
      return tf.nn.relu(tf.nn.biasAdd(sum, numbers(layer.filter[3])));
    },
  };
  const backward = (operand: "images" | "filter"): KernelCase => ({
    name: `conv2d/${layer.name}/gradient of ${operand}`,
    limit: arithmetic,
    build: () => {
      const operands = { images: numbers(...layer.images), filter: numbers(...layer.filter) };
      return gradientOf(convolve(operands.images, operands.filter), operands[operand]);
    },
  });
  // Nobody asks for the gradient of photographs.
  const first = layer.images[3] === 3;
  return first ? [forward, backward("filter")] : [forward, backward("images"), backward("filter")];
}
