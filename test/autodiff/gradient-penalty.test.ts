import * as tf from "../../src/index.ts";
import { testOp } from "../support/test-op.ts";

type Inputs = Record<"images" | "filter" | "scale" | "offset", tf.Tensor>;

/**
 * A critic's penalty reads the gradient of its images, and training needs the gradient of that.
 * @see Gulrajani et al., "Improved training of Wasserstein GANs", NIPS 2017, equation 3.
 */
testOp("a gradient penalty", {
  build: ({ images, filter, scale, offset }: Inputs, { isApproximate }: { readonly isApproximate: boolean }) => {
    const { y } = tf.nn.fusedBatchNorm(tf.nn.conv2d(images, filter, { padding: "SAME" }), scale, offset, {
      epsilon: 0.1,
    });
    const normalized = tf.nn.lrn(tf.nn.gelu(y, { approximate: isApproximate }), { depthRadius: 2, alpha: 0.1 });
    const pooled = tf.nn.maxPool(normalized, { ksize: 2, strides: 2, padding: "VALID" });
    const { values } = tf.nn.topK(tf.reduceMean(pooled, { axis: [1, 2] }), 5);
    const scores = tf.reduceProd(values.add(1), { axis: 1 });
    const [gradient] = tf.gradients(scores, [images]);
    const norms = tf.sqrt(tf.reduceSum(tf.square(gradient!), { axis: [1, 2, 3] }));
    return tf.reduceMean(tf.square(norms.sub(1)));
  },
  cases: {
    "conv2d, fusedBatchNorm, gelu, lrn, maxPool, topK, reduceProd": {
      images: [3, 6, 6, 2],
      filter: [3, 3, 2, 16],
      scale: [16],
      offset: [16],
      $options: { isApproximate: false },
    },
    "the same with gelu's approximation": {
      images: [3, 6, 6, 2],
      filter: [3, 3, 2, 16],
      scale: [16],
      offset: [16],
      $options: { isApproximate: true },
    },
  },
  tolerance: { rtol: 2e-5, of: "largest", why: "second derivatives of a product of means, in float32" },
  nonFinite: { none: "every score depends on all images" },
});
