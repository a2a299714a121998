import { inputPositions, type Node } from "../ir.ts";
import type { OpName } from "../plan.ts";

/**
 * An op that treats the images of a batch one by one: its result for a part of the batch is that part of its result, or the
 * result is a sum over the batch.
 */
interface BatchedOp {
  /** Inputs whose axis 0 is the batch; all others are the same for every image. */
  readonly inputs: readonly string[];
  readonly result: "part" | "sum";
}

const images: BatchedOp = { inputs: ["images"], result: "part" };
const elementwise: BatchedOp = { inputs: ["x"], result: "part" };
const activationGradient: BatchedOp = { inputs: ["dy", "y", "x"], result: "part" };
const gradientOfImages: BatchedOp = { inputs: ["dy", "winners", "images"], result: "part" };
const gradientOfFilter: BatchedOp = { inputs: ["images", "dy"], result: "sum" };

/** All of them that networks are made of up to their first fully connected layer. */
const batchedOps: Partial<Readonly<Record<OpName, BatchedOp>>> = {
  Add: { inputs: ["a", "b"], result: "part" },
  AddN: { inputs: ["values"], result: "part" },
  AvgPool: images,
  AvgPoolGrad: gradientOfImages,
  BiasAdd: elementwise,
  BiasAddGrad: { inputs: ["dy"], result: "sum" },
  Conv2D: images,
  Conv2DBackpropFilter: gradientOfFilter,
  Conv2DBackpropInput: gradientOfImages,
  DepthwiseConv2D: images,
  DepthwiseConv2DBackpropFilter: gradientOfFilter,
  DepthwiseConv2DBackpropInput: gradientOfImages,
  Elu: elementwise,
  EluGrad: activationGradient,
  FusedConv2D: images,
  FusedConv2DBackpropInput: { inputs: ["dy", "images", "mask"], result: "part" },
  FusedConv2DMaxPool: images,
  LRN: images,
  LRNGrad: gradientOfImages,
  LeakyRelu: elementwise,
  LeakyReluGrad: activationGradient,
  MaxPool: images,
  MaxPoolGrad: gradientOfImages,
  Relu: elementwise,
  Relu6: elementwise,
  Relu6Grad: activationGradient,
  ReluGrad: activationGradient,
  Sigmoid: elementwise,
  SigmoidGrad: activationGradient,
  Tanh: elementwise,
  TanhGrad: activationGradient,
};

/** How a node treats a batch. */
export interface Batched {
  /** Positions of the inputs whose axis 0 is the batch. */
  readonly inputs: readonly number[];
  readonly result: BatchedOp["result"];
}

/** How a node treats a batch of images, all of whose inputs have `batch` of them; null when it does not, or is none known to. */
export function batchedBy({ def, inputs, outputs, updates }: Node, batch: number): Batched | null {
  const known: BatchedOp | undefined = (batchedOps as Readonly<Record<string, BatchedOp | undefined>>)[def.name];
  if (known === undefined || updates.length > 0) return null;
  const positions = inputPositions(def, known.inputs, inputs.length);
  const isBatch = (shape: readonly number[]): boolean => shape.length === 4 && shape[0] === batch;
  if (!positions.every((position) => isBatch(inputs[position]!.shape))) return null;
  if (known.result === "part" && !outputs.every(({ shape }) => isBatch(shape))) return null;
  return { inputs: positions, result: known.result };
}
