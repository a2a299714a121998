import * as tf from "../../../src/index.ts";
import { buildNet } from "../../sweeps/build-net.ts";
import { mulberry32, randomNet } from "../../sweeps/random-net.ts";
import type { Training } from "./train.ts";

/** A random network of the sweep, with its optimizer: what is fetched is loss, gradients by the input, and the update. */
export function randomTraining(seed: number): Training {
  const net = randomNet(seed);
  const random = mulberry32(seed ^ 0x5eed);
  const uniform = (shape: readonly number[], low: number, high: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random());
  const [batch = 0, features = 0] = net.shapes.at(-1)!;
  const targets =
    net.loss === "sparse"
      ? Int32Array.from({ length: batch }, () => Math.floor(random() * features))
      : uniform([batch, features], 0, 1);
  const built = buildNet(
    net,
    net.parameters.map(({ shape, low, high }) => new tf.NDArray("float32", shape, uniform(shape, low, high))),
  );
  return {
    graph: built.graph,
    initialize: [built.initialize],
    fetches: [built.loss, built.gradients[0]!, built.train],
    feeds: [
      [built.input, net.input, uniform(net.input, -1.5, 1.5)],
      [built.targets, net.loss === "sparse" ? [batch] : [batch, features], targets],
    ],
    variables: built.parameters,
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
