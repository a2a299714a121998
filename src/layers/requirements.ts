import { ShapeError, ValueError } from "../core/errors.ts";
import { printValue } from "../core/print-value.ts";
import { formatShape } from "../core/shape.ts";
import { Tensor } from "../graph/tensor.ts";
import { requireOptions } from "../ops/shared/require-options.ts";

/**
 * What every layer checks before it reads its options, which plain JavaScript may write in any way.
 * @param meant the option that is most likely meant by something else in the place of the options.
 */
export function requireArguments(layer: string, x: unknown, options: unknown, meant: string): void {
  if (!(x instanceof Tensor)) {
    throw new ValueError({
      problem: `layers.${layer}: the input is ${printValue(x)}, not a tensor.`,
      fix: "pass a tensor: a placeholder, the result of another layer, tf.constant(...).",
    });
  }
  requireOptions(`layers.${layer}`, options, meant);
}

/** @throws ValueError unless it is a whole number from 1. */
export function requireSize(layer: string, name: string, size: unknown): number {
  if (typeof size === "number" && Number.isInteger(size) && size > 0) return size;
  throw new ValueError({
    problem: `layers.${layer}: ${name} is ${printValue(size)}.`,
    fix: `pass { ${name}: ... }, a whole number from 1.`,
  });
}

/** Height and width from one number for both, or from two. @throws ValueError unless they are whole numbers from 1. */
export function requirePair(layer: string, name: string, size: unknown): readonly [number, number] {
  const [height, width] = (Array.isArray(size) && size.length === 2 ? size : [size, size]) as [unknown, unknown];
  return [requireSize(layer, name, height), requireSize(layer, name, width)];
}

/**
 * Training or not decides which operations are built. A tensor, TensorFlow 1's way, would be true whatever it holds.
 * @throws ValueError unless it is a boolean.
 */
export function requireTraining(what: string, training: unknown): void {
  if (typeof training === "boolean") return;
  throw new ValueError({
    problem: `${what}: training is ${printValue(training)}, not true or false.`,
    fix: "build the network twice, the second time in tf.layers.reuseVariables, for training and for use. (Dropout alone \
can be switched in one graph: training: true, and a placeholder as its rate.)",
  });
}

/** @throws ShapeError when it is unknown: it is a dimension of the weights. */
export function lastDimension(layer: string, x: Tensor): number {
  const last = x.shape.at(-1);
  if (typeof last === "number") return last;
  throw new ShapeError({
    problem: `layers.${layer}: the last dimension of the input must be known, the weights have it.`,
    operands: [{ name: x.name, value: formatShape(x.shape) }],
    fix: "give the placeholder its channels, or reshape the input.",
    site: x.op.site,
  });
}
