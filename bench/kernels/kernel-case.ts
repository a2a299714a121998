import * as tf from "millrace";

/** One kernel on one set of shapes. */
export interface KernelCase {
  /** `conv2d/alexnet/conv2/forward`: the op, the shapes, the direction. */
  readonly name: string;
  /** What a perfect kernel would run into. */
  readonly limit: Arithmetic | Bandwidth;
  /** Builds it in the default graph, on variables; computing the result is the work. */
  readonly build: () => tf.Tensor | tf.Operation;
}

/** Counted as the direct method's, so that an algorithm which multiplies less may pass 100%. */
export interface Arithmetic {
  readonly kind: "arithmetic";
}

export interface Bandwidth {
  readonly kind: "bandwidth";
  /** Bytes that have to be read plus bytes that have to be written. */
  readonly bytes: number;
}

export const arithmetic: Arithmetic = { kind: "arithmetic" };

/** @param elements float32 elements read or written. */
export function bandwidth(elements: number): Bandwidth {
  return { kind: "bandwidth", bytes: elements * 4 };
}

/** Normal numbers of deviation 0.1 that the compiler cannot know. */
export function numbers(...shape: number[]): tf.Variable {
  return tf.variable(tf.randomNormal(shape, { stddev: 0.1, seed: 1 }));
}

/** Numbers from 0.5 to 1.5, for kernels that want positive ones. */
export function positive(...shape: number[]): tf.Variable {
  return tf.variable(tf.randomUniform(shape, { minval: 0.5, maxval: 1.5, seed: 1 }));
}

/** The backward kernel: gradient of y by x, given the gradient of y. */
export function gradientOf(y: tf.Tensor, x: tf.Tensor): tf.Tensor {
  const [gradient] = tf.gradients(y, [x], { gradYs: [numbers(...y.shape.map((dimension) => dimension ?? 0))] });
  if (gradient === null || gradient === undefined) throw new Error(`${y.name} has no gradient by ${x.name}`);
  return gradient;
}
