/** `tf.models`: the networks of the learning notes and their relatives, whole or in parts. */
import { architectures } from "./architectures.ts";
import { buildModel, type Model, type ModelOptions } from "./model.ts";

export type { Architecture, Convolution, FeatureLayer, ModelName, Normalization, Pool } from "./architecture.ts";
export { architectures } from "./architectures.ts";
export { buildFeatures, type FeatureOptions, type Features } from "./build-features.ts";
export { heNormal, type Initializer, notesNormal } from "./initializer.ts";
export { buildModel, type Model, type ModelOptions } from "./model.ts";
export * from "./weights/index.ts";

/** LeNet-5: two convolutions and three fully connected layers for 28x28 digits, 61,706 parameters. */
export function lenet5(options: ModelOptions = {}): Model {
  return buildModel(architectures.lenet5, options);
}

/** AlexNet in one tower with three fully connected layers; `normalization: "lrn"` (default), `"batch"` or `"none"`. */
export function alexnet(options: ModelOptions = {}): Model {
  return buildModel(architectures.alexnet, options);
}

/** VGG with 8 convolutions (configuration A). */
export function vgg11(options: ModelOptions = {}): Model {
  return buildModel(architectures.vgg11, options);
}

/** VGG with 10 convolutions (configuration B). */
export function vgg13(options: ModelOptions = {}): Model {
  return buildModel(architectures.vgg13, options);
}

/** VGG with 13 convolutions (configuration D), 138,357,544 parameters. */
export function vgg16(options: ModelOptions = {}): Model {
  return buildModel(architectures.vgg16, options);
}

/** VGG with 16 convolutions (configuration E). */
export function vgg19(options: ModelOptions = {}): Model {
  return buildModel(architectures.vgg19, options);
}
