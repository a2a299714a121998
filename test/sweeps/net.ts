/** A network as both sides read it: `build-net.ts` makes it in Millrace, `random_nets.py` in PyTorch. */

type Pair = readonly [number, number];

export interface Geometry {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: "SAME" | "VALID" | readonly [Pair, Pair];
}

export type Activation = "elu" | "gelu" | "leakyRelu" | "relu" | "relu6" | "sigmoid" | "softplus" | "tanh";

/**
 * One op. `inputs` count values: 0 is the input, i + 1 what node i made. `parameters` count in the net's list. Images are
 * NHWC, filters as Millrace has them.
 */
export type Node = { readonly inputs: readonly number[]; readonly parameters: readonly number[] } & (
  | ({ readonly op: "conv"; readonly groups: number; readonly bias: boolean } & Geometry)
  | ({ readonly op: "depthwise" } & Geometry)
  | ({ readonly op: "transpose"; readonly outputShape: readonly number[]; readonly bias: boolean } & Geometry)
  | ({ readonly op: "maxPool" | "avgPool" } & Omit<Geometry, "dilations">)
  | {
      readonly op: "lrn";
      readonly radius: number;
      readonly bias: number;
      readonly alpha: number;
      readonly beta: number;
    }
  /** Parameters: scale, offset, running mean, running variance. */
  | { readonly op: "batchNorm"; readonly training: boolean; readonly epsilon: number }
  | { readonly op: "dense"; readonly bias: boolean; readonly transposed: boolean }
  | { readonly op: "activate"; readonly kind: Activation }
  | { readonly op: "add" | "mul" | "flatten" | "meanPool" | "softmax" | "gate" }
  | { readonly op: "concat"; readonly axis: number }
  | { readonly op: "pad"; readonly mode: "CONSTANT" | "REFLECT"; readonly paddings: readonly Pair[] }
  | { readonly op: "crop"; readonly begin: readonly number[]; readonly size: readonly number[] }
  | { readonly op: "permute"; readonly order: readonly number[] }
);

export interface Parameter {
  readonly shape: readonly number[];
  /** Values are uniform in low .. high. */
  readonly low: number;
  readonly high: number;
  /** Running statistics are not. */
  readonly trainable: boolean;
}

export const LOSSES = ["l2", "meanSquare", "softmax", "sparse", "sigmoid", "logSumExp"] as const;
export const OPTIMIZERS = ["sgd", "momentum", "nesterov", "adam", "adamw", "adagrad", "rmsprop"] as const;

export interface Net {
  readonly seed: number;
  /** Too large for the loops of the reference backend: kernels that work in blocks see more than one. */
  readonly large: boolean;
  readonly input: readonly number[];
  readonly nodes: readonly Node[];
  /** Shape of every value, the input's first. */
  readonly shapes: readonly (readonly number[])[];
  readonly parameters: readonly Parameter[];
  readonly loss: (typeof LOSSES)[number];
  /** Weight of the sum of l2Loss over parameters of rank 2 and more; 0 for none. */
  readonly decay: number;
  readonly optimizer: (typeof OPTIMIZERS)[number];
}
