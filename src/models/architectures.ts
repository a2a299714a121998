import type { Architecture, Convolution, FeatureLayer, ModelName, Pool } from "./architecture.ts";

type ConvolutionOptions = Partial<Pick<Convolution, "stride" | "padding" | "lrn">>;

function conv(name: string, kernel: number, outChannels: number, options: ConvolutionOptions = {}): Convolution {
  return { kind: "conv", name, kernel, outChannels, stride: 1, padding: "SAME", lrn: false, ...options };
}

function pool(name: string, size: number, stride: number, pooling: "max" | "avg" = "max"): Pool {
  return { kind: "pool", name, size, stride, pooling };
}

/** The convolutional blocks of a VGG: so many 3x3 convolutions each, a pool after every block. */
function vggFeatures(convolutionsOfBlock: readonly [number, number, number, number, number]): FeatureLayer[] {
  const width = [64, 128, 256, 512, 512];
  return convolutionsOfBlock.flatMap((count, block) => [
    ...Array.from({ length: count }, (_, index) =>
      // The paper's variant A-LRN normalizes after the very first convolution only.
      conv(`conv${block + 1}_${index + 1}`, 3, width[block]!, { lrn: block === 0 && index === 0 }),
    ),
    pool(`pool${block + 1}`, 2, 2),
  ]);
}

function vgg(name: ModelName, convolutionsOfBlock: readonly [number, number, number, number, number]): Architecture {
  return {
    name,
    imageSize: 224,
    channels: 3,
    features: vggFeatures(convolutionsOfBlock),
    dense: [4096, 4096],
    dropout: true,
    classes: 1000,
    normalization: "none",
    activation: "relu",
    source:
      "Simonyan, Zisserman, Very deep convolutional networks for large-scale image recognition, ICLR 2015, table 1",
  };
}

/** Every network of `tf.models`, by name. */
export const architectures: Readonly<Record<ModelName, Architecture>> = {
  lenet5: {
    name: "lenet5",
    imageSize: 28,
    channels: 1,
    features: [
      conv("conv1", 5, 6),
      pool("pool1", 2, 2, "avg"),
      conv("conv2", 5, 16, { padding: "VALID" }),
      pool("pool2", 2, 2, "avg"),
    ],
    dense: [120, 84],
    dropout: false,
    classes: 10,
    normalization: "none",
    activation: "tanh",
    source: "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998, figure 2",
  },
  // One tower, as in Krizhevsky's "One weird trick" and the learning notes; the 2012 paper splits it over two GPUs.
  alexnet: {
    name: "alexnet",
    imageSize: 224,
    channels: 3,
    features: [
      conv("conv1", 11, 64, { stride: 4, lrn: true }),
      pool("pool1", 3, 2),
      conv("conv2", 5, 192, { lrn: true }),
      pool("pool2", 3, 2),
      conv("conv3", 3, 384),
      conv("conv4", 3, 256),
      conv("conv5", 3, 256),
      pool("pool5", 3, 2),
    ],
    dense: [4096, 4096],
    dropout: true,
    classes: 1000,
    normalization: "lrn",
    activation: "relu",
    source: "Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014",
  },
  vgg11: vgg("vgg11", [1, 1, 2, 2, 2]),
  vgg13: vgg("vgg13", [2, 2, 2, 2, 2]),
  vgg16: vgg("vgg16", [2, 2, 3, 3, 3]),
  vgg19: vgg("vgg19", [2, 2, 4, 4, 4]),
};
