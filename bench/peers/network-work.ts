import * as tf from "millrace";
import { layerSizes } from "../layer-sizes.ts";
import type { FloatFiles } from "./float-files.ts";
import type { Layer, Lrn, NetworkWork } from "./work.ts";

export interface NetworkOptions {
  readonly model: "alexnet" | "vgg16";
  readonly batch: number;
  readonly backward: boolean;
  /** Default: the paper's. Smaller ones are for tests. */
  readonly imageSize?: number;
}

/** The notes' normalization, as `tf.models` has it. */
const notesLrn: Lrn = { depthRadius: 4, bias: 1, alpha: 0.001 / 9, beta: 0.75 };

/** Images of deviation 0.1 as in the notes; weights too, but He's where the notes' would grow from layer to layer. */
export function networkWork(files: FloatFiles, { model, batch, backward, imageSize }: NetworkOptions): NetworkWork {
  const architecture = tf.models.architectures[model];
  const size = imageSize ?? architecture.imageSize;
  const images = files.normal([batch, size, size, architecture.channels], 0.1);
  const layers = layerSizes(model, size).map(({ layer, ...sizes }): Layer => {
    if (layer.kind === "pool") return { kind: "pool", size: layer.size, stride: layer.stride };
    const { name, kernel, outChannels, stride } = layer;
    const deviation = model === "alexnet" ? 0.1 : Math.sqrt(2 / (kernel * kernel * sizes.channels));
    const weights = files.normal([kernel, kernel, sizes.channels, outChannels], deviation);
    const padding = samePadding(sizes.size, kernel, stride);
    const lrn = architecture.normalization === "lrn" && layer.lrn ? notesLrn : null;
    return { kind: "conv", name, weights, biases: files.normal([outChannels], 0.1), stride, padding, lrn };
  });
  return { kind: "network", model, backward, images, layers };
}

/** TensorFlow's SAME: as many results as inputs by stride; the odd cell comes at the end. */
function samePadding(size: number, kernel: number, stride: number): [before: number, after: number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
