import { ShapeError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import { slideOutput } from "../core/window.ts";
import type { Tensor } from "../graph/tensor.ts";
import {
  avgPool,
  biasAdd,
  conv2d,
  fusedBatchNorm,
  lrn,
  maxPool,
  relu,
  tanh,
  updateRunningStatistics,
  type Variable,
} from "../ops/index.ts";
import { nameScope } from "../graph/default-graph.ts";
import type { Operation } from "../graph/operation.ts";
import { normalizationVariables } from "../layers/normalization.ts";
import { requireTraining } from "../layers/requirements.ts";
import { biasesOf, weightsOf } from "../layers/variables.ts";
import type { Architecture, Convolution, FeatureLayer, Normalization, Pool } from "./architecture.ts";
import type { Initializer } from "./initializer.ts";

/** The convolutional part of a network: what the notes' `inference(images)` returns, and more. */
export interface Features {
  /** The result of the last layer, `[batch, height, width, channels]`. */
  readonly output: Tensor;
  /** The results that the notes print: every convolution's and every pool's, in order. */
  readonly activations: readonly Tensor[];
  /** Kernels and biases (with batch normalization, scales and offsets), in the order they were made. */
  readonly parameters: readonly Variable[];
  /** Updates of running statistics, to be run with every training step; empty without batch normalization. */
  readonly updates: readonly Operation[];
}

export interface FeatureOptions {
  readonly normalization: Normalization;
  /** Batch normalization uses the batch's statistics when training, the running ones when not. */
  readonly training: boolean;
  readonly initializer: Initializer;
}

/**
 * Builds the convolutions and pools of an architecture.
 * @param images float32 `[batch, height, width, channels]`; height, width and channels known.
 * @throws ShapeError when the images are too small for one of them. @throws ValueError when `training` is no boolean.
 */
export function buildFeatures(images: Tensor, architecture: Architecture, options: FeatureOptions): Features {
  requireTraining(architecture.name, options.training);
  return images.graph.asDefault(() => new FeatureBuilder(architecture, options).build(images));
}

/**
 * How much of the running statistics stays at each step: PyTorch's 0.9. With TensorFlow's 0.99 those of the first steps, when
 * weights move most, are still in them after several epochs of a small data set, and the validation looks worse than it is.
 */
const STATISTICS_LEFT = 0.9;

class FeatureBuilder {
  readonly #architecture: Architecture;
  readonly #options: FeatureOptions;
  readonly #parameters: Variable[] = [];
  readonly #updates: Operation[] = [];

  constructor(architecture: Architecture, options: FeatureOptions) {
    this.#architecture = architecture;
    this.#options = options;
  }

  build(images: Tensor): Features {
    const activations: Tensor[] = [];
    let output = images;
    for (const layer of this.#architecture.features) {
      requireRoom(output, layer, { images, activations, name: this.#architecture.name });
      output = layer.kind === "conv" ? this.#convolution(output, layer) : pooled(output, layer);
      activations.push(output);
      if (layer.kind === "conv" && layer.lrn && this.#options.normalization === "lrn")
        output = normalized(output, layer);
    }
    return { output, activations, parameters: this.#parameters, updates: this.#updates };
  }

  #convolution(x: Tensor, { name, kernel, outChannels, stride, padding }: Convolution): Tensor {
    return nameScope(name, (scope) => {
      const weights = weightsOf([kernel, kernel, x.shape[3]!, outChannels], this.#options.initializer);
      const wx = conv2d(x, weights, { strides: [1, stride, stride, 1], padding });
      const biases = biasesOf(outChannels);
      this.#parameters.push(weights, biases);
      const biased = biasAdd(wx, biases);
      const sum = this.#options.normalization === "batch" ? this.#batchNormalized(biased, outChannels) : biased;
      // The scope's own name, as in the notes: the layer is called conv1, not conv1/Relu.
      return this.#architecture.activation === "relu" ? relu(sum, { name: scope }) : tanh(sum, { name: scope });
    });
  }

  #batchNormalized(x: Tensor, channels: number): Tensor {
    const { scale, offset, mean, variance } = normalizationVariables(channels);
    this.#parameters.push(scale, offset);
    const isTraining = this.#options.training;
    const result = fusedBatchNorm(x, scale, offset, { mean, variance, isTraining });
    if (isTraining) this.#updates.push(updateRunningStatistics({ mean, variance }, result, { decay: STATISTICS_LEFT }));
    return result.y;
  }
}

interface SoFar {
  readonly name: string;
  readonly images: Tensor;
  readonly activations: readonly Tensor[];
}

/** The layer would refuse as well, but not name what can be changed. */
function requireRoom(x: Tensor, layer: FeatureLayer, { name, images, activations }: SoFar): void {
  const { stride } = layer;
  const [size, padding] = layer.kind === "conv" ? [layer.kernel, layer.padding] : [layer.size, "VALID" as const];
  if (![x.shape[1]!, x.shape[2]!].some((length) => slideOutput(length, size, stride, 1, padding) === 0)) return;
  const [, height, width] = images.shape;
  throw new ShapeError({
    problem: `${name}: images of ${height} by ${width} are too small, nothing is left of them for ${layer.name}.`,
    operands: activations.map(({ op, shape }) => ({ name: op.name, value: formatShape(shape) })),
    fix: "use larger images (imageSize; --image-size of the command line).",
  });
}

function pooled(x: Tensor, { name, size, stride, pooling }: Pool): Tensor {
  const options = { ksize: [1, size, size, 1], strides: [1, stride, stride, 1], padding: "VALID", name } as const;
  return pooling === "max" ? maxPool(x, options) : avgPool(x, options);
}

/** The notes' local response normalization: window 9, alpha 0.001 / 9, beta 0.75. */
function normalized(x: Tensor, { name }: Convolution): Tensor {
  return lrn(x, { depthRadius: 4, bias: 1, alpha: 0.001 / 9, beta: 0.75, name: name.replace("conv", "lrn") });
}
