import * as tf from "millrace";
import { layerSizes } from "../layer-sizes.ts";
import { arithmetic, gradientOf, type KernelCase, numbers } from "./kernel-case.ts";

/** A convolution of a network: images in, filter, stride. */
interface Layer {
  readonly name: string;
  readonly images: readonly [batch: number, height: number, width: number, channels: number];
  readonly filter: readonly [height: number, width: number, inChannels: number, outChannels: number];
  readonly stride: number;
  /** A max pool of 2x2 follows one like it, and is then part of its step. */
  readonly pooled: boolean;
}

/** Every different convolution of AlexNet at the notes' batch size and of VGG16, in all three directions. */
export const convolutions: readonly KernelCase[] = [...layersOf("alexnet", 32), ...layersOf("vgg16", 8)].flatMap(
  (layer) => directionsOf(layer),
);

function layersOf(model: tf.models.ModelName, batch: number): Layer[] {
  const layers = new Map<string, Layer>();
  const sizes = layerSizes(model);
  for (const [index, { layer, size, channels }] of sizes.entries()) {
    if (layer.kind === "pool") continue;
    const next = sizes[index + 1]?.layer;
    const pooled = next?.kind === "pool" && next.size === 2 && next.stride === 2;
    const { kernel, outChannels, stride } = layer;
    const images = [batch, size, size, channels] as const;
    const filter = [kernel, kernel, channels, outChannels] as const;
    const key = [...images, ...filter].join();
    const known = layers.get(key) ?? { name: `${model}/${layer.name}`, images, filter, stride, pooled };
    layers.set(key, { ...known, pooled: known.pooled || pooled });
  }
  return [...layers.values()];
}

function directionsOf(layer: Layer): KernelCase[] {
  const convolve = (images: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.nn.conv2d(images, filter, { strides: [1, layer.stride, layer.stride, 1], padding: "SAME" });
  const convolved = (): tf.Tensor => {
    const sum = convolve(numbers(...layer.images), numbers(...layer.filter));
    return tf.nn.relu(tf.nn.biasAdd(sum, numbers(layer.filter[3])));
  };
  const forward: KernelCase = { name: `conv2d/${layer.name}/forward`, limit: arithmetic, build: convolved };
  const pooled: KernelCase = {
    name: `conv2d/${layer.name}/forward with pool`,
    limit: arithmetic,
    build: () =>
      tf.nn.maxPool(convolved() as tf.Tensor<[number, number, number, number]>, {
        ksize: 2,
        strides: 2,
        padding: "VALID",
      }),
  };
  const forwards = layer.pooled ? [forward, pooled] : [forward];
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
  return first ? [...forwards, backward("filter")] : [...forwards, backward("images"), backward("filter")];
}
