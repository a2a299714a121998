import * as tf from "millrace";
import { bandwidth, gradientOf, type KernelCase, numbers, positive } from "./kernel-case.ts";

/** As many as the triad that measures the bandwidth: arrays of 32 MiB, larger than most caches. */
const ELEMENTS = 2 ** 23;

type Unary = (x: tf.Tensor) => tf.Tensor;

const unary: Readonly<Record<string, Unary>> = {
  relu: tf.nn.relu,
  neg: tf.neg,
  square: tf.square,
  sqrt: tf.sqrt,
  exp: tf.exp,
  log: tf.log,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
  gelu: (x) => tf.nn.gelu(x),
};

const gradients: Readonly<Record<string, Unary>> = {
  relu: tf.nn.relu,
  tanh: tf.tanh,
  sigmoid: tf.sigmoid,
};

const binary: Readonly<Record<string, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
};

export const elementwise: readonly KernelCase[] = [
  ...Object.entries(unary).map(([name, op]) => ({
    name: `${name}/forward`,
    limit: bandwidth(2 * ELEMENTS),
    build: () => op(positive(ELEMENTS)),
  })),
  ...Object.entries(gradients).map(([name, op]) => ({
    name: `${name}/forward and gradient`,
    // Forward reads x and writes y; then y and dy are read, dx is written.
    limit: bandwidth(5 * ELEMENTS),
    build: () => {
      const x = numbers(ELEMENTS);
      return gradientOf(op(x), x);
    },
  })),
  ...Object.entries(binary).map(([name, op]) => ({
    name: `${name}/forward`,
    limit: bandwidth(3 * ELEMENTS),
    build: () => op(positive(ELEMENTS), positive(ELEMENTS)),
  })),
  {
    name: "add/rows by a vector",
    limit: bandwidth(2 * ELEMENTS + 1024),
    build: () => tf.add(numbers(ELEMENTS / 1024, 1024), numbers(1024)),
  },
  { name: "sum/all", limit: bandwidth(ELEMENTS), build: () => tf.reduceSum(numbers(ELEMENTS)) },
  {
    name: "sum/columns",
    limit: bandwidth(ELEMENTS),
    build: () => tf.reduceSum(numbers(ELEMENTS / 1024, 1024), { axis: 0 }),
  },
];
