import { ShapeError, ValueError } from "../core/errors.ts";
import { formatShape } from "../core/shape.ts";
import type { Graph } from "../graph/graph.ts";
import type { Operation } from "../graph/operation.ts";
import { Tensor } from "../graph/tensor.ts";
import { regularizationLoss, updateOps } from "../layers/collections.ts";
import { collectVariables, reuseVariables } from "../layers/variables.ts";
import {
  add,
  argMax,
  assign,
  assignAdd,
  cast,
  clipByValue,
  constant,
  div,
  equal,
  group,
  mul,
  oneHot,
  placeholder,
  reduceMean,
  reduceSum,
  softmaxCrossEntropyWithLogits,
  type Variable,
} from "../ops/index.ts";
import { averageVariables } from "./average.ts";
import { clipByGlobalNorm, globalNorm } from "./clip-by-global-norm.ts";
import { withoutFrozen } from "./freeze.ts";
import { type GradientAndVariable, Optimizer } from "./optimizer.ts";
import { slotOf } from "./slot-of.ts";

/** What a network function returns: `tf.models`' models are such, and so is a tensor of logits. */
export interface Network {
  /** `[batch, classes]`. */
  readonly logits: Tensor;
  /** Operations to be run with every training step, beside those of `tf.layers`. */
  readonly updates?: readonly Operation[];
}

/** Builds a network of `tf.layers` or `tf.models`; called twice, for training and for use, on the same variables. */
export type BuildNetwork = (inputs: { readonly images: Tensor; readonly training: boolean }) => Network | Tensor;

/** What decides the training graph: everything but the data and the loop. */
export interface TrainingGraphOptions {
  readonly network: BuildNetwork;
  /** Makes the optimizer with this learning rate. */
  readonly optimizer: (learningRate: Tensor) => Optimizer;
  /** λ: λ times the weights is added to their gradients, as PyTorch does (after clipping). Default 0. */
  readonly weightDecay?: number;
  /** Which variables decay; default: those of rank 2 and more, so not biases and norms. */
  readonly decays?: (variable: Variable) => boolean;
  /** Scales the gradients so that their common norm is at most this. */
  readonly clipNorm?: number;
  /** Cuts every element of the gradients at plus and minus this. */
  readonly clipValue?: number;
  /** Part of each label that is spread over all classes, from 0 to below 1; default 0. */
  readonly labelSmoothing?: number;
  /** Weights of the classes in the loss; default 1 each. */
  readonly classWeights?: readonly number[];
  /** Batches whose gradients are averaged for one step; default 1. */
  readonly accumulate?: number;
  /** Evaluates and keeps an exponential moving average of the weights; how much of it stays at each step, as 0.999. */
  readonly ema?: number;
  /** Names of variables that stay as they are, see `withoutFrozen`. */
  readonly freeze?: readonly string[];
}

/** The tensors and operations of training. */
export interface TrainingGraph {
  /** float32 `[batch, height, width, channels]`. */
  readonly images: Tensor;
  /** int32 `[batch]`. */
  readonly labels: Tensor;
  /** float32 `[batch, classes]`, made of the labels unless fed: mixed images have distributions. */
  readonly targets: Tensor;
  readonly learningRate: Tensor;
  readonly classes: number;
  /** Of a batch, with all terms. */
  readonly loss: Tensor;
  /** How many of the batch are right, int32. */
  readonly correct: Tensor;
  /** Of the gradients before clipping. */
  readonly gradientNorm: Tensor;
  /** What is run for each batch of a step; the last one updates the weights. */
  readonly stages: readonly Operation[];
  /** Run once after the weights got their values; null when there is nothing to do. */
  readonly start: Operation | null;
  /** Everything that the network's layers made. */
  readonly variables: readonly Variable[];
  /** What training changes. */
  readonly trained: readonly Variable[];
  /** Moving averages by the variable that they follow; empty without `ema`. */
  readonly averages: ReadonlyMap<Variable, Variable>;
  /** The network as it is used: no dropout, running statistics, averaged weights. */
  readonly evaluation: Network;
}

/** Builds it in the graph. @throws ValueError, ShapeError when options do not fit. */
export function buildTrainingGraph(
  graph: Graph,
  imageShape: readonly number[],
  options: TrainingGraphOptions,
): TrainingGraph {
  checkOptions(options);
  return graph.asDefault(() => {
    const images: Tensor = placeholder("float32", [null, ...imageShape], { name: "images" });
    const labels: Tensor = placeholder("int32", [null], { name: "labels" });
    const learningRate: Tensor = placeholder("float32", [], { name: "learning_rate" });
    const updatesBefore = updateOps(graph).length;
    const { result, variables } = collectVariables(() => networkOf(options, images, true));
    const { logits, updates = [] } = result;
    const classes = classesOf(logits);
    const targets = oneHot(labels as Tensor<[null], "int32">, classes) as Tensor;
    const loss = add(classificationLoss(logits, targets, classes, options), regularizationLoss(graph));
    const called = argMax(logits, { axis: 1 }) as Tensor;
    const correct = reduceSum(cast(equal(called, labels), "int32"));

    const trained = withoutFrozen(
      variables.filter(({ trainable }) => trainable),
      options.freeze ?? [],
    );
    const optimizer = optimizerOf(options, learningRate);
    const pairs = optimizer.computeGradients(loss, { varList: trained });
    const besides = [...updates, ...updateOps(graph).slice(updatesBefore)];
    const { stages, norm } = buildStages(optimizer, pairs, besides, options);
    const average = options.ema === undefined ? null : averageVariables(trained, stages.at(-1)!, options.ema);
    if (average !== null) stages[stages.length - 1] = average.update;

    const used = variables.map((made) => average?.of.get(made) ?? made);
    const evaluation = reuseVariables(used, () =>
      graph.nameScope("evaluation", () => networkOf(options, images, false)),
    );
    return {
      images,
      labels,
      targets,
      learningRate,
      classes,
      loss,
      correct,
      gradientNorm: norm,
      stages,
      start: average?.start ?? null,
      variables,
      trained,
      averages: average?.of ?? new Map<Variable, Variable>(),
      evaluation,
    };
  });
}

function networkOf({ network }: TrainingGraphOptions, images: Tensor, training: boolean): Network {
  const built: Network | Tensor | undefined = typeof network === "function" ? network({ images, training }) : undefined;
  if (built instanceof Tensor) return { logits: built };
  if (built?.logits instanceof Tensor) return built;
  throw new ValueError({
    problem: `fit: the network is ${typeof network === "function" ? "a function that returns no logits" : `no function, but ${typeof network}`}.`,
    fix: "pass a function that returns logits: ({ images, training }) => tf.models.lenet5({ images, training }).",
  });
}

function optimizerOf({ optimizer }: TrainingGraphOptions, learningRate: Tensor): Optimizer {
  const made: unknown = typeof optimizer === "function" ? optimizer(learningRate) : null;
  if (made instanceof Optimizer) return made;
  throw new ValueError({
    problem: "fit: the optimizer is no function that returns one.",
    fix: "pass a function of the learning rate: (learningRate) => new tf.train.AdamOptimizer(learningRate).",
  });
}

function classesOf(logits: Tensor): number {
  const [, classes] = logits.shape;
  if (logits.rank === 2 && typeof classes === "number") return classes;
  throw new ShapeError({
    problem: "fit: the network's result must be logits [batch, classes].",
    operands: [{ name: logits.name, value: formatShape(logits.shape) }],
    fix: "end the network with a dense layer, without softmax.",
    site: logits.op.site,
  });
}

/** Cross-entropy, its mean weighted by the classes' weights as in PyTorch. */
function classificationLoss(logits: Tensor, targets: Tensor, classes: number, options: TrainingGraphOptions): Tensor {
  const { labelSmoothing = 0, classWeights } = options;
  const smoothed = labelSmoothing === 0 ? targets : add(mul(targets, 1 - labelSmoothing), labelSmoothing / classes);
  const losses = softmaxCrossEntropyWithLogits(smoothed, logits) as Tensor;
  if (classWeights === undefined) return reduceMean(losses);
  if (classWeights.length !== classes) {
    throw new ValueError({
      problem: `fit: there are ${classWeights.length} class weights for ${classes} classes.`,
      fix: "pass one for each class.",
    });
  }
  const weights: Tensor = reduceSum(mul(targets, constant([...classWeights], { dtype: "float32" }) as Tensor), {
    axis: 1,
  });
  return div(reduceSum(mul(losses, weights)), reduceSum(weights));
}

interface Stages {
  readonly stages: Operation[];
  readonly norm: Tensor;
}

/** One stage updates the weights; with `accumulate`, the stages before it add up gradients. */
function buildStages(
  optimizer: Optimizer,
  pairs: readonly GradientAndVariable[],
  besides: readonly Operation[],
  options: TrainingGraphOptions,
): Stages {
  const { accumulate = 1 } = options;
  if (accumulate === 1) return finalStage(optimizer, pairs, besides, options);
  const present = pairs.filter((pair): pair is readonly [Tensor, Variable] => pair[0] !== null);
  const sums = present.map(([, v]) => slotOf(v, "gradient_sum"));
  const first = group(...present.map(([gradient], index) => assign(sums[index]! as Tensor, gradient)), ...besides);
  const middle = group(...present.map(([gradient], index) => assignAdd(sums[index]! as Tensor, gradient)), ...besides);
  const means = present.map(([gradient, v], index): GradientAndVariable => [
    mul(add(sums[index]! as Tensor, gradient), 1 / accumulate),
    v,
  ]);
  const last = finalStage(optimizer, means, besides, options);
  return { stages: [first, ...new Array<Operation>(accumulate - 2).fill(middle), ...last.stages], norm: last.norm };
}

function finalStage(
  optimizer: Optimizer,
  pairs: readonly GradientAndVariable[],
  besides: readonly Operation[],
  options: TrainingGraphOptions,
): Stages {
  const norm = globalNorm(pairs.map(([gradient]) => gradient)) as Tensor;
  const update = optimizer.applyGradients(decayed(clipped(pairs, norm, options), options));
  return { stages: [besides.length === 0 ? update : group(update, ...besides)], norm };
}

function clipped(
  pairs: readonly GradientAndVariable[],
  norm: Tensor,
  { clipNorm, clipValue }: TrainingGraphOptions,
): readonly GradientAndVariable[] {
  let gradients = pairs.map(([gradient]) => gradient);
  if (clipValue !== undefined) {
    gradients = gradients.map((gradient) => (gradient === null ? null : clipByValue(gradient, -clipValue, clipValue)));
  }
  if (clipNorm !== undefined) {
    gradients = clipByGlobalNorm(gradients, clipNorm, clipValue === undefined ? { useNorm: norm } : {}).clipped;
  }
  return pairs.map(([, v], index) => [gradients[index] ?? null, v]);
}

function decayed(pairs: readonly GradientAndVariable[], options: TrainingGraphOptions): readonly GradientAndVariable[] {
  const { weightDecay = 0, decays = (v: Variable): boolean => v.rank >= 2 } = options;
  if (weightDecay === 0) return pairs;
  return pairs.map(([gradient, v]): GradientAndVariable =>
    gradient === null || !decays(v) ? [gradient, v] : [add(gradient, mul(v as Tensor, weightDecay)), v],
  );
}

function checkOptions({
  accumulate = 1,
  labelSmoothing = 0,
  ema = 0,
  weightDecay = 0,
  clipNorm = 1,
  clipValue = 1,
}: TrainingGraphOptions): void {
  const wrong = [
    Number.isInteger(accumulate) && accumulate >= 1 ? null : ["accumulate", accumulate, "a whole number from 1"],
    labelSmoothing >= 0 && labelSmoothing < 1 ? null : ["labelSmoothing", labelSmoothing, "a number from 0 to below 1"],
    ema >= 0 && ema < 1 ? null : ["ema", ema, "a number from 0 to below 1"],
    weightDecay >= 0 && Number.isFinite(weightDecay) ? null : ["weightDecay", weightDecay, "a number from 0"],
    clipNorm > 0 ? null : ["clipNorm", clipNorm, "a number above 0"],
    clipValue > 0 ? null : ["clipValue", clipValue, "a number above 0"],
  ].find((problem) => problem !== null);
  if (wrong === undefined || wrong === null) return;
  throw new ValueError({ problem: `fit: ${wrong[0]} is ${wrong[1]}.`, fix: `pass ${wrong[2]}.` });
}
