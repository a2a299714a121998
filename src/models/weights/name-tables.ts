import type { ModelName } from "../architecture.ts";

/**
 * How others name the layers of these networks, in the order of the network. Written out, so that a name can be found by
 * searching for it.
 */
export interface LayerNames {
  readonly convolutions: readonly string[];
  /** Of the batch normalization behind each convolution. */
  readonly normalizations?: readonly string[];
  readonly dense: readonly string[];
}

/** torchvision numbers the modules of its `features` and `classifier`, those without weights included. */
export const TORCHVISION: Partial<Readonly<Record<ModelName, LayerNames>>> = {
  alexnet: { convolutions: features(0, 3, 6, 8, 10), dense: ["classifier.1", "classifier.4", "classifier.6"] },
  vgg11: {
    convolutions: features(0, 3, 6, 8, 11, 13, 16, 18),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg13: {
    convolutions: features(0, 2, 5, 7, 10, 12, 15, 17, 20, 22),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg16: {
    convolutions: features(0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg19: {
    convolutions: features(0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
};

/** The networks that torchvision calls `vgg16_bn`: a batch normalization behind every convolution shifts the numbers. */
export const TORCHVISION_BATCH_NORM: Partial<Readonly<Record<ModelName, LayerNames>>> = {
  vgg11: {
    convolutions: features(0, 4, 8, 11, 15, 18, 22, 25),
    normalizations: features(1, 5, 9, 12, 16, 19, 23, 26),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg13: {
    convolutions: features(0, 3, 7, 10, 14, 17, 21, 24, 28, 31),
    normalizations: features(1, 4, 8, 11, 15, 18, 22, 25, 29, 32),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg16: {
    convolutions: features(0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40),
    normalizations: features(1, 4, 8, 11, 15, 18, 21, 25, 28, 31, 35, 38, 41),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
  vgg19: {
    convolutions: features(0, 3, 7, 10, 14, 17, 20, 23, 27, 30, 33, 36, 40, 43, 46, 49),
    normalizations: features(1, 4, 8, 11, 15, 18, 21, 24, 28, 31, 34, 37, 41, 44, 47, 50),
    dense: ["classifier.0", "classifier.3", "classifier.6"],
  },
};

/** timm keeps torchvision's features and stores the first two fully connected layers as convolutions. */
export const TIMM_DENSE: readonly string[] = ["pre_logits.fc1", "pre_logits.fc2", "head.fc"];

/** Keras' applications know VGG16 and VGG19; the others are named in the same way. */
export const KERAS: Partial<Readonly<Record<ModelName, LayerNames>>> = {
  lenet5: { convolutions: ["conv1", "conv2"], dense: ["fc1", "fc2", "predictions"] },
  alexnet: { convolutions: ["conv1", "conv2", "conv3", "conv4", "conv5"], dense: ["fc1", "fc2", "predictions"] },
  vgg11: { convolutions: blocks(1, 1, 2, 2, 2), dense: ["fc1", "fc2", "predictions"] },
  vgg13: { convolutions: blocks(2, 2, 2, 2, 2), dense: ["fc1", "fc2", "predictions"] },
  vgg16: { convolutions: blocks(2, 2, 3, 3, 3), dense: ["fc1", "fc2", "predictions"] },
  vgg19: { convolutions: blocks(2, 2, 4, 4, 4), dense: ["fc1", "fc2", "predictions"] },
};

function features(...indices: number[]): string[] {
  return indices.map((index) => `features.${index}`);
}

/** `block1_conv1`, `block1_conv2`, `block2_conv1`, ...: so many in each block. */
function blocks(...counts: number[]): string[] {
  return counts.flatMap((count, block) =>
    Array.from({ length: count }, (_, index) => `block${block + 1}_conv${index + 1}`),
  );
}
