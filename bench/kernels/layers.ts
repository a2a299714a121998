import * as tf from "millrace";
import { bandwidth, gradientOf, type KernelCase, numbers, positive } from "./kernel-case.ts";

/** What AlexNet's first convolution makes, 6.4 million elements. */
const IMAGES = [32, 56, 56, 64] as const;
const ELEMENTS = IMAGES.reduce((product, dimension) => product * dimension, 1);
const POOLED = 32 * 27 * 27 * 64;
const LOGITS = [4096, 1000] as const;
const ALL_LOGITS = LOGITS[0] * LOGITS[1];

const pool = { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "VALID" } as const;
const lrn = { depthRadius: 4, bias: 1, alpha: 0.001 / 9, beta: 0.75 };

type Layer = (x: tf.Tensor) => tf.Tensor;

interface LayerCase {
  readonly layer: Layer;
  /** Elements that the forward pass makes. */
  readonly results: number;
  /** What asking for the gradient runs: the forward pass as well only where the gradient needs something of it. */
  readonly backward: { readonly title: string; readonly elements: number };
}

const layers: Readonly<Record<string, LayerCase>> = {
  lrn: {
    layer: (x) => tf.nn.lrn(x, lrn),
    results: ELEMENTS,
    // Reads x and dy, writes dx; the sums are made again.
    backward: { title: "gradient", elements: 3 * ELEMENTS },
  },
  "max pool 3x3/2": {
    layer: (x) => tf.nn.maxPool(x, pool),
    results: POOLED,
    // The forward pass finds the winners; then dy is read and dx is written, x is not looked at again.
    backward: { title: "forward and gradient", elements: 2 * (ELEMENTS + POOLED) },
  },
  "avg pool 3x3/2": {
    layer: (x) => tf.nn.avgPool(x, pool),
    results: POOLED,
    backward: { title: "gradient", elements: ELEMENTS + POOLED },
  },
  "batch norm": {
    layer: (x) => tf.nn.fusedBatchNorm(x, positive(IMAGES[3]), numbers(IMAGES[3])).y,
    results: ELEMENTS,
    // The forward pass makes the moments; then x and dy are read, dx is written.
    backward: { title: "forward and gradient", elements: 5 * ELEMENTS },
  },
};

/** Normalization, pools and losses. */
export const layersOfNetworks: readonly KernelCase[] = [
  ...Object.entries(layers).flatMap(([name, { layer, results, backward }]) => [
    { name: `${name}/forward`, limit: bandwidth(ELEMENTS + results), build: () => layer(numbers(...IMAGES)) },
    {
      name: `${name}/${backward.title}`,
      limit: bandwidth(backward.elements),
      build: () => {
        const x = numbers(...IMAGES);
        return gradientOf(layer(x), x);
      },
    },
  ]),
  {
    name: "softmax/forward",
    limit: bandwidth(2 * ALL_LOGITS),
    build: () => tf.nn.softmax(numbers(...LOGITS)),
  },
  {
    name: "softmax cross-entropy/forward and gradient",
    limit: bandwidth(2 * ALL_LOGITS),
    build: () => {
      const logits = numbers(...LOGITS);
      const labels = tf.variable(tf.zeros([LOGITS[0]], { dtype: "int32" }));
      return gradientOf(tf.nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits), logits);
    },
  },
  {
    name: "dropout/forward",
    limit: bandwidth(2 * ELEMENTS),
    build: () => tf.nn.dropout(numbers(...IMAGES), { rate: 0.5 }),
  },
  { name: "random normal", limit: bandwidth(ELEMENTS), build: () => tf.randomNormal([...IMAGES]) },
];
