import type { Tensor } from "../graph/tensor.ts";
import { truncatedNormal } from "../ops/index.ts";

/** Makes the initial value of a kernel. `fanIn`: how many inputs each output sums. */
export type Initializer = (shape: readonly number[], fanIn: number) => Tensor;

/**
 * Normal with variance 2 / fanIn, cut at two deviations: keeps the size of activations through layers of relu.
 * @see He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
 */
export const heNormal: Initializer = (shape, fanIn) => {
  // A normal cut at two deviations has 0.87962566 of the deviation; TensorFlow divides by it, too.
  return truncatedNormal(shape, { stddev: Math.sqrt(2 / fanIn) / 0.87962566103423978 });
};

/** What the notes use for every kernel: truncated normal of deviation 0.1. */
export const notesNormal: Initializer = (shape) => truncatedNormal(shape, { stddev: 1e-1 });
