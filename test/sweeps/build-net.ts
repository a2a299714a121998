import * as tf from "../../src/index.ts";
import type { Geometry, Net, Node } from "./net.ts";

/** The network in a graph of its own, with everything that is compared. */
export interface Built {
  readonly graph: tf.Graph;
  readonly input: tf.Tensor;
  readonly targets: tf.Tensor;
  readonly values: readonly tf.Tensor[];
  readonly loss: tf.Tensor;
  /** By the input, then by each trainable parameter. */
  readonly gradients: readonly tf.Tensor[];
  readonly parameters: readonly tf.Variable[];
  readonly initialize: tf.Operation;
  /** One step of the net's optimizer, with the running statistics of its batch normalizations. */
  readonly train: tf.Operation;
}

/** @param values the parameters' first values. */
export function buildNet(net: Net, values: readonly tf.NDArray[]): Built {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const input: tf.Tensor = tf.placeholder("float32", [null, ...net.input.slice(1)]);
    const parameters = net.parameters.map(({ trainable }, index) =>
      tf.variable(tf.constant(values[index]!), { trainable }),
    );
    const updates: tf.Operation[] = [];
    const made: tf.Tensor[] = [input];
    for (const node of net.nodes) {
      const inputs = node.inputs.map((value) => made[value]!);
      made.push(
        buildNode(
          node,
          inputs,
          node.parameters.map((index) => parameters[index]!),
          updates,
        ),
      );
    }
    const output = made.at(-1)!;
    const { loss, targets } = buildLoss(net, output);
    const decayed = parameters.filter((parameter) => parameter.trainable && parameter.rank > 1);
    const total =
      net.decay === 0
        ? loss
        : tf.add(loss, tf.mul(tf.addN(decayed.map((weights) => tf.nn.l2Loss(weights))), net.decay));
    const trainable = parameters.filter((parameter) => parameter.trainable);
    const gradients = tf
      .gradients(total, [input, ...trainable])
      .map((gradient, index) => gradient ?? tf.zerosLike([input, ...trainable][index]!));
    const train = tf.group(optimizers[net.optimizer]().minimize(total), ...updates);
    const initialize = tf.globalVariablesInitializer();
    return { graph, input, targets, values: made, loss: total, gradients, parameters, initialize, train };
  });
}

/** The tensors are not known to the type checker: shapes come from the description. */
// One case for each op.
// oxlint-disable-next-line eslint/complexity
function buildNode(
  node: Node,
  inputs: readonly tf.Tensor[],
  parameters: readonly tf.Tensor[],
  updates: tf.Operation[],
): tf.Tensor {
  const x = inputs[0]!;
  const [first, second] = parameters;
  switch (node.op) {
    case "conv":
      return withBias(tf.nn.conv2d(x, first!, { ...windowOf(node), groups: node.groups }), second);
    case "depthwise":
      return tf.nn.depthwiseConv2d(x, first!, windowOf(node));
    case "transpose": {
      const outputShape = node.outputShape as [number, number, number, number];
      return withBias(tf.nn.conv2dTranspose(x, first!, { ...windowOf(node), outputShape }), second);
    }
    case "maxPool":
    case "avgPool":
      return tf.nn[node.op](x, {
        ksize: [1, ...node.kernel, 1],
        strides: [1, ...node.strides, 1],
        padding: node.padding,
      });
    case "lrn":
      return tf.nn.lrn(x, { depthRadius: node.radius, bias: node.bias, alpha: node.alpha, beta: node.beta });
    case "batchNorm": {
      const [scale, offset, mean, variance] = parameters as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const { epsilon, training: isTraining } = node;
      const result = tf.nn.fusedBatchNorm(x, scale, offset, { mean, variance, epsilon, isTraining });
      if (isTraining) updates.push(tf.nn.updateRunningStatistics({ mean, variance }, result, { decay: 0.9 }));
      return result.y;
    }
    case "dense":
      return withBias(tf.matmul(x, first!, { transposeB: node.transposed }), second);
    case "activate":
      return tf.nn[node.kind](x);
    case "add":
    case "mul":
      return node.op === "add" ? tf.add(x, inputs[1]!) : tf.mul(x, inputs[1]!);
    case "flatten":
      return tf.reshape(x, [-1, x.shape.slice(1).reduce((size: number, dimension) => size * dimension!, 1)]);
    case "meanPool":
      return tf.reduceMean(x, { axis: [1, 2] });
    case "softmax":
      return tf.nn.softmax(x);
    case "gate":
      return tf.mul(x, tf.sigmoid(tf.reduceMean(x, { axis: [1, 2], keepDims: true })));
    case "concat":
      return tf.concat([...inputs], node.axis);
    case "pad":
      return tf.pad(x, node.paddings, { mode: node.mode });
    case "crop":
      return tf.slice(
        x,
        node.begin,
        node.size.map((size, axis) => (axis === 0 ? -1 : size)),
      );
    case "permute":
    default:
      return tf.transpose(x, node.order);
  }
}

function withBias(x: tf.Tensor, bias: tf.Tensor | undefined): tf.Tensor {
  return bias === undefined ? x : tf.nn.biasAdd(x, bias);
}

function windowOf({ strides, dilations, padding }: Geometry): Omit<Geometry, "kernel"> {
  return { strides, dilations, padding };
}

function buildLoss(net: Net, output: tf.Tensor): { loss: tf.Tensor; targets: tf.Tensor } {
  const features = net.shapes.at(-1)!.at(-1)!;
  const sparse = net.loss === "sparse";
  const targets: tf.Tensor = sparse ? tf.placeholder("int32", [null]) : tf.placeholder("float32", [null, features]);
  return { targets, loss: losses[net.loss](targets, output) };
}

const losses: Readonly<Record<Net["loss"], (targets: tf.Tensor, output: tf.Tensor) => tf.Tensor>> = {
  l2: (targets, output) => tf.nn.l2Loss(tf.sub(output, targets)),
  meanSquare: (targets, output) => tf.reduceMean(tf.squaredDifference(output, targets)),
  softmax: (targets, output) => tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits(targets, output)),
  sparse: (targets, output) => tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits(targets, output)),
  sigmoid: (targets, output) =>
    tf.reduceSum(tf.reduceMean(tf.nn.sigmoidCrossEntropyWithLogits(targets, output), { axis: 0 })),
  logSumExp: (targets, output) => tf.reduceMean(tf.reduceLogSumExp(tf.mul(output, targets), { axis: -1 })),
};

/** `random_nets.py` says how PyTorch's are made to agree. */
const optimizers: Readonly<Record<Net["optimizer"], () => tf.train.Optimizer>> = {
  sgd: () => new tf.train.GradientDescentOptimizer(0.05),
  momentum: () => new tf.train.MomentumOptimizer(0.05, 0.9),
  nesterov: () => new tf.train.MomentumOptimizer(0.05, 0.9, { useNesterov: true }),
  adam: () => new tf.train.AdamOptimizer({ learningRate: 0.01, epsilon: 1e-2 }),
  adamw: () => new tf.train.AdamWOptimizer({ learningRate: 0.01, epsilon: 1e-2, weightDecay: 0.1 }),
  adagrad: () => new tf.train.AdagradOptimizer(0.05),
  rmsprop: () => new tf.train.RMSPropOptimizer(0.02, { decay: 0.8, momentum: 0.5, epsilon: 1e-2 }),
};
