import * as tf from "millrace";
import { bandwidth, type KernelCase, numbers } from "./kernel-case.ts";

/** The second fully connected layer of AlexNet. */
const SHAPE = [4096, 4096] as const;
const ELEMENTS = SHAPE[0] * SHAPE[1];

/** Slots: arrays that the optimizer keeps for each variable. All but the gradient are read and written. */
function update(name: string, slots: number, optimizer: () => tf.train.Optimizer): KernelCase {
  return {
    name: `update/${name}`,
    limit: bandwidth((1 + 2 * (1 + slots)) * ELEMENTS),
    build: () => optimizer().applyGradients([[numbers(...SHAPE), numbers(...SHAPE)]]),
  };
}

/** One step of each optimizer, without the gradient's own computation. */
export const updates: readonly KernelCase[] = [
  update("gradient descent", 0, () => new tf.train.GradientDescentOptimizer(0.01)),
  update("momentum", 1, () => new tf.train.MomentumOptimizer(0.01, 0.9)),
  update("adam", 2, () => new tf.train.AdamOptimizer()),
];
