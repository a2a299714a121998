import type { ConcreteShape } from "../core/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { randomUniform, truncatedNormal as truncatedNormalOp } from "../ops/index.ts";

/**
 * Makes the initial value of a variable.
 * @param fanIn how many inputs each output sums. @param fanOut how many outputs each input goes into.
 */
export type Initializer = (shape: ConcreteShape, fanIn: number, fanOut: number) => Tensor;

/** One that does not look at the outputs. */
export type FanInInitializer = (shape: ConcreteShape, fanIn: number) => Tensor;

/** A normal distribution that is cut at two deviations has this part of the deviation left. */
const DEVIATION_LEFT = 0.87962566103423978;

function normal(variance: number): (shape: ConcreteShape) => Tensor {
  return (shape) => truncatedNormalOp(shape, { stddev: Math.sqrt(variance) / DEVIATION_LEFT });
}

/** Uniform numbers in [-l, l] have the variance l^2 / 3. */
function uniform(variance: number): (shape: ConcreteShape) => Tensor {
  const limit = Math.sqrt(3 * variance);
  return (shape) => randomUniform(shape, { minval: -limit, maxval: limit });
}

/** Variance 2 / (fanIn + fanOut), for tanh and sigmoid. @see Glorot, Bengio, AISTATS 2010, equation 16. */
export const glorotUniform: Initializer = (shape, fanIn, fanOut) => uniform(2 / (fanIn + fanOut))(shape);
/** The same variance from a normal distribution, cut at two deviations. */
export const glorotNormal: Initializer = (shape, fanIn, fanOut) => normal(2 / (fanIn + fanOut))(shape);
/** Variance 2 / fanIn, for relu. @see He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, equation 10. */
export const heUniform: FanInInitializer = (shape, fanIn) => uniform(2 / fanIn)(shape);
/** The same variance from a normal distribution, cut at two deviations. */
export const heNormal: FanInInitializer = (shape, fanIn) => normal(2 / fanIn)(shape);
/** Variance 1 / fanIn. @see LeCun, Bottou, Orr, Müller, "Efficient backprop", 1998, section 4.6. */
export const lecunUniform: FanInInitializer = (shape, fanIn) => uniform(1 / fanIn)(shape);
/** The same variance from a normal distribution, cut at two deviations. */
export const lecunNormal: FanInInitializer = (shape, fanIn) => normal(1 / fanIn)(shape);

/** Normal, cut at two deviations; `stddev` is the deviation before the cut, as the notes and TensorFlow have it. */
export function truncatedNormal(stddev: number): FanInInitializer {
  return (shape) => truncatedNormalOp(shape, { stddev });
}
