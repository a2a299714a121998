import * as tf from "millrace";

export interface NetworkOptions {
  readonly batchSize: number;
  readonly imageSize?: number;
  readonly normalization?: tf.models.Normalization;
}

/** The notes' benchmark program for any network of the table: convolutions and pools, on images that are a variable. */
export interface Network {
  readonly images: tf.Tensor;
  /** Every convolution's and every pool's result, in order. */
  readonly activations: readonly tf.Tensor[];
  /** What "Forward" fetches: the last pool. */
  readonly forward: tf.Tensor;
  readonly parameters: readonly tf.Variable[];
}

/** Weights and images are the same in every run: durations may depend on them, by zeros that a relu leaves. */
const SEED = 1;

/**
 * Builds the network in the default graph.
 * @throws ShapeError when nothing is left of the images after the pools.
 */
export function buildNetwork(model: tf.models.ModelName, options: NetworkOptions): Network {
  tf.setRandomSeed(SEED);
  const architecture = tf.models.architectures[model];
  const { batchSize, imageSize = architecture.imageSize, normalization = architecture.normalization } = options;
  const shape = [batchSize, imageSize, imageSize, architecture.channels];
  const images = tf.variable(tf.randomNormal(shape, { stddev: 1e-1 }), { name: "images" });
  const { activations, output, parameters } = tf.models.buildFeatures(images, architecture, {
    normalization,
    training: true,
    initializer: usesNotesWeights(model) ? tf.models.notesNormal : tf.models.heNormal,
  });
  return { images, activations, forward: output, parameters };
}

/** What "Forward-backward" fetches: gradients of half the sum of squares of the last pool, for every parameter. */
export function buildGradients({ forward, parameters }: Network): tf.Tensor[] {
  return tf.gradients(tf.nn.l2Loss(forward), parameters).filter((gradient) => gradient !== null);
}

/** Through VGG's layers, activations from weights of deviation 0.1 would grow without bound. */
function usesNotesWeights(model: tf.models.ModelName): boolean {
  return model === "alexnet";
}

export function describeWeights(model: tf.models.ModelName): string {
  return usesNotesWeights(model)
    ? "weights: truncated normal of deviation 0.1, as in the notes"
    : "weights: He's normal; with the notes' deviation of 0.1 activations would grow from layer to layer";
}
