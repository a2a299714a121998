import {
  type FanInInitializer,
  heNormal as heNormalOfLayers,
  type Initializer,
  truncatedNormal as truncatedNormalOf,
} from "../layers/initializers.ts";
import { truncatedNormal } from "../ops/index.ts";
import type { Architecture } from "./architecture.ts";

export type { Initializer };

/**
 * Normal with variance 2 / fanIn, cut at two deviations: keeps the size of activations through layers of relu.
 * @see He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
 */
export const heNormal: FanInInitializer = heNormalOfLayers;

/** What the notes use for every kernel: truncated normal of deviation 0.1. */
export const notesNormal: Initializer = (shape) => truncatedNormal(shape, { stddev: 1e-1 });

/** Caffe's for the hidden fully connected layers of AlexNet, and VGG's for the last of any network. */
const HIDDEN_DEVIATION = 0.005;
const LAST_DEVIATION = 0.01;

/**
 * What a network starts from unless told otherwise: He's normal for convolutions. Fully connected layers begin small: behind three
 * pools and dropout their inputs are large, and 4,096 of them moving at once move the logits by much; with He's deviation (0.022)
 * the first steps have gradients of norm 100, and the network ends up saying the same of every picture. LeNet-5's narrow hidden ones
 * under tanh need no such care.
 */
export function startOf({ activation }: Architecture, classes: number): Initializer {
  return (shape, fanIn, fanOut) => {
    if (shape.length !== 2) return heNormal(shape, fanIn);
    if (fanOut === classes) return truncatedNormalOf(LAST_DEVIATION)(shape, fanIn);
    return activation === "relu" ? truncatedNormalOf(HIDDEN_DEVIATION)(shape, fanIn) : heNormal(shape, fanIn);
  };
}
