/**
 * AlexNet in miniature: what Krizhevsky's network is made of, at a size that learns within seconds.
 *
 * Every random operation has a seed of its own: two networks that differ in one part begin with the same draws, and drop
 * the same elements, everywhere else.
 */
import * as tf from "millrace";

export type Activation = "relu" | "tanh" | "sigmoid";
export type Normalization = "lrn" | "none" | "batch";

/** The parts that claims are about. */
export interface NetworkParts {
  readonly activation: Activation;
  readonly normalization: Normalization;
  readonly dropout: boolean;
}

/** As AlexNet's: strided at first, a pool of 3 / 2 that overlaps, normalized where the paper does it. */
const CONVOLUTIONS = [
  { name: "conv1", filters: 24, kernelSize: 5, strides: 2, isNormalized: true },
  { name: "conv2", filters: 32, kernelSize: 5, strides: 1, isNormalized: true },
  { name: "conv3", filters: 48, kernelSize: 3, strides: 1, isNormalized: false },
] as const;

const UNITS = 256;

/** The paper's, section 4.2. */
const DROPOUT_RATE = 0.5;

/**
 * The paper's window and exponent (section 3.3). Its alpha of 1e-4 is for pixels from 0 to 255: these are divided by their
 * deviation, and so small an alpha would leave them as they are. Its k of 2 would also scale by 2^-0.75, and what is to be
 * seen here is the normalization, not a scale.
 */
const LRN = { depthRadius: 2, bias: 1, alpha: 0.01, beta: 0.75 } as const;

/** How much of the running statistics stays at a step: a run has about a thousand. */
const MOMENTUM = 0.9;

interface ActivationFunction {
  readonly of: (x: tf.Tensor) => tf.Tensor;
  /**
   * Deviation of the weights times the root of the fan-in: the same draws, scaled so that each activation gets what it
   * needs. He et al. 2015 for relu; Glorot and Bengio 2010 for tanh, and four times that for the sigmoid.
   */
  readonly gain: number;
}

const ACTIVATIONS: Readonly<Record<Activation, ActivationFunction>> = {
  relu: { of: (x) => tf.nn.relu(x), gain: Math.SQRT2 },
  tanh: { of: (x) => tf.nn.tanh(x), gain: 1 },
  sigmoid: { of: (x) => tf.nn.sigmoid(x), gain: 4 },
};

/** Small: the first predictions are all alike. */
const LOGITS_DEVIATION = 0.01;

/** A normal distribution that is cut at two deviations has this part of the deviation left. */
const DEVIATION_LEFT = 0.87962566103423978;

/** Of dropout; the weights' are 1, 2, 3 ... */
const DROPOUT_SEED = 1000;

/**
 * Logits of the network. @param images float32 `[batch, height, width, 3]`.
 * @returns `[batch, classes]`.
 */
export function miniatureAlexnet(
  { images, training }: { readonly images: tf.Tensor; readonly training: boolean },
  classes: number,
  { activation, normalization, dropout }: NetworkParts,
): tf.Tensor {
  const { of: activated, gain } = ACTIVATIONS[activation];
  let layer = 0;
  const drawn =
    (deviationOf: (fanIn: number) => number): tf.layers.Initializer =>
    (shape, fanIn) =>
      tf.truncatedNormal(shape, { stddev: deviationOf(fanIn) / DEVIATION_LEFT, seed: ++layer });
  const scaled = drawn((fanIn) => gain / Math.sqrt(fanIn));

  let x = images;
  for (const { name, filters, kernelSize, strides, isNormalized } of CONVOLUTIONS) {
    x = tf.layers.conv2d(x, { filters, kernelSize, strides, kernelInitializer: scaled, name });
    if (normalization === "batch") {
      x = tf.layers.batchNormalization(x, { training, momentum: MOMENTUM, name: `${name}_norm` });
    }
    x = activated(x);
    if (normalization === "lrn" && isNormalized) x = tf.nn.lrn(x, LRN);
    x = tf.nn.maxPool(x, { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "SAME" });
  }
  x = activated(tf.layers.dense(tf.layers.flatten(x), { units: UNITS, kernelInitializer: scaled, name: "fc4" }));
  if (dropout && training) x = tf.nn.dropout(x, { rate: DROPOUT_RATE, seed: DROPOUT_SEED });
  return tf.layers.dense(x, { units: classes, kernelInitializer: drawn(() => LOGITS_DEVIATION), name: "logits" });
}
