import { ShapeError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { OpDef } from "../graph/op-def.ts";
import type { Tensor } from "../graph/tensor.ts";
import { apply, defineOp } from "./shared/define-op.ts";
import { type SeedPair, seedPair } from "./random-seed.ts";
import type { RandomOptions } from "./shared/random-shape.ts";
import { requireOptions } from "./shared/require-options.ts";
import { requireDType, requireRank, requireListOf } from "./shared/requirements.ts";
import { div } from "./div.ts";
import { stopGradient } from "./stop-gradient.ts";
import { stridedSlice } from "./strided-slice.ts";
import { sub } from "./sub.ts";
import { where } from "./where.ts";
import { zerosLike } from "./zeros-like.ts";
import { type ShapeOf, type TensorLike, toTensor } from "./shared/to-tensor.ts";

/** Outputs: y, and which elements were kept. */
export const Dropout: OpDef<"Dropout", ["x", "keepProb"], { readonly seed: SeedPair }> = defineOp({
  name: "Dropout",
  inputs: ["x", "keepProb"],
  stateful: true,
  random: true,
  infer: ({ x, keepProb }) => {
    requireDType("x", x, "float32");
    requireDType("keepProb", keepProb, "float32");
    requireRank("keepProb", keepProb, 0, "one probability");
    return [x, { shape: x.shape, dtype: "bool" }];
  },
  // The probability decides what is drawn: a setting, not something to learn through the draw.
  gradient: ({ inputs: { keepProb }, ys, dy }, ops) => ({ x: ops.dropoutGrad(dy, ys[1]!, keepProb), keepProb: null }),
});

interface NoiseOptions {
  /**
   * For each dimension of x: 1 to share each choice along it, null (or its length) for choices of its own. Default: all of
   * their own. `[null, 1, 1, null]` drops whole channels of images.
   */
  readonly noiseShape?: readonly (number | null)[];
}

export type DropoutOptions = RandomOptions &
  NoiseOptions &
  (
    | {
        /** Probability to keep an element, above 0 up to 1, as in TensorFlow 1. */ readonly keepProb: TensorLike;
        readonly rate?: undefined;
      }
    | {
        /** Probability to drop an element, from 0 to below 1. */ readonly rate: TensorLike;
        readonly keepProb?: undefined;
      }
  );

/**
 * Dropout: keeps each element with probability `keepProb` and divides it by that, so that the expectation stays; sets
 * the others to 0. New choices in every run.
 *
 * Element i is kept where the number that `randomUniform` draws for i is below `keepProb`; with `noiseShape`, i counts the
 * choices.
 *
 * @param x float32 of any shape.
 * @param options `keepProb` or `rate` = 1 - keepProb: a number, or a scalar tensor (a placeholder, to train and to test
 * with one graph). `noiseShape` where choices are shared.
 * @returns the same shape.
 * @throws ValueError when a number is outside its range. @throws ShapeError when `noiseShape` does not fit x.
 * @see Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout", JMLR 2014; TensorFlow, tf.nn.dropout.
 */
export function dropout<const X extends TensorLike>(x: X, options: DropoutOptions): Tensor<ShapeOf<X>, "float32"> {
  requireOptions("dropout", options, "keepProb");
  const elements = toTensor(x);
  const keepProb = keepProbOf(options, elements);
  const { noiseShape } = options;
  if (noiseShape !== undefined) requireNoiseShape(elements, noiseShape);
  if (noiseShape?.some((length, axis) => length === 1 && elements.shape[axis] !== 1) !== true) {
    return apply(Dropout, { x: elements, keepProb }, { seed: seedPair(options.seed, elements.graph) }, options);
  }
  const build = (): Tensor => dropShared(elements, keepProb, { ...options, noiseShape });
  return elements.graph.nameScope(options.name ?? "dropout", build) as Tensor<ShapeOf<X>, "float32">;
}

/** Chooses for a tensor of the noise's shape, and lets the choices broadcast. */
function dropShared(x: Tensor, keepProb: Tensor, { noiseShape, seed }: Required<NoiseOptions> & RandomOptions): Tensor {
  // A corner of x has the noise's shape, whatever is known of x, or nothing where x has nothing; what it holds is not used.
  const begin = noiseShape.map(() => 0);
  const end = noiseShape.map(() => 1);
  const endMask = noiseShape.reduce<number>((mask, length, axis) => (length === 1 ? mask : mask | (1 << axis)), 0);
  const corner = stridedSlice(x, begin, end, { endMask });
  const choices = apply(Dropout, { x: zerosLike(corner), keepProb }, { seed: seedPair(seed, x.graph) }, {});
  // As in the op itself, no gradient reaches it.
  const setting = stopGradient(keepProb);
  return where<Tensor, Tensor, number>(choices.op.outputs[1]!, div<Tensor, Tensor>(x, setting), 0);
}

/** @throws ShapeError when it is not, for each dimension of x, 1, null or as long. */
function requireNoiseShape(x: Tensor, noiseShape: readonly (number | null)[]): void {
  requireListOf("dropout", "noiseShape", noiseShape, "pass a list of 1 and null.");
  const fits = (length: number | null, axis: number): boolean =>
    length === 1 || length === null || length === x.shape[axis] || x.shape[axis] === null;
  if (noiseShape.length === x.shape.length && noiseShape.every(fits)) return;
  throw new ShapeError({
    problem: "dropout: noiseShape does not fit x.",
    operands: [
      { name: "x", value: formatShape(x.shape) },
      { name: "noiseShape", value: formatShape(noiseShape) },
    ],
    fix: "pass 1 (choices are shared) or null (each has its own) for each dimension of x.",
  });
}

function keepProbOf({ keepProb, rate }: DropoutOptions, like: Tensor): Tensor {
  if (keepProb !== undefined && rate !== undefined) {
    throw new ValueError({
      problem: "dropout: both keepProb and rate are given.",
      fix: "pass one: rate is 1 - keepProb.",
    });
  }
  if (keepProb !== undefined) {
    requireRange("keepProb", keepProb, (value) => value > 0 && value <= 1, "above 0 up to 1");
    return toTensor(keepProb, like);
  }
  requireRange("rate", rate, (value) => value >= 0 && value < 1, "from 0 to below 1");
  return typeof rate === "number" ? toTensor(1 - rate, like) : sub(1, toTensor(rate, like));
}

function requireRange(
  name: string,
  value: TensorLike | undefined,
  holds: (value: number) => boolean,
  range: string,
): void {
  if (value !== undefined && (typeof value !== "number" || holds(value))) return;
  const given = typeof value === "number" ? value : "missing";
  throw new ValueError({
    problem: `dropout: ${name} is ${given}.`,
    fix: `pass a probability ${range}, as keepProb or as rate.`,
  });
}
