import { NDArray } from "../../../core/ndarray.ts";
import { sizeOf } from "../../../core/shape.ts";
import { paddingOf, slide } from "../../../core/window.ts";
import type { Operation } from "../../../graph/operation.ts";
import type { Conv2DAttrs } from "../../../ops/shared/conv2d-geometry.ts";
import type { FusedBatchNormAttrs } from "../../../ops/fused-batch-norm.ts";
import type { LrnAttrs } from "../../../ops/lrn.ts";
import type { MatMulAttrs } from "../../../ops/mat-mul.ts";
import type { PadAttrs } from "../../../ops/pad.ts";
import type { PoolAttrs } from "../../../ops/shared/pool-window.ts";
import { permute } from "../permute.ts";
import { channelAxis, isImages, type OnnxBuilder, unsupported } from "./converter.ts";
import type { OnnxAttribute } from "./onnx-model.ts";

/** Adds the nodes that do what an operation does. */
export type Converter = (operation: Operation, builder: OnnxBuilder) => void;

/** Inputs of an op that are weights: their values go into the file. */
export const PARAMETER_INPUTS: Readonly<Record<string, readonly number[]>> = {
  Conv2D: [1],
  MatMul: [1],
  BiasAdd: [1],
  FusedBatchNorm: [1, 2, 3, 4],
};

/** Every op that can be exported. */
export const CONVERTERS: Readonly<Record<string, Converter>> = {
  Conv2D: (operation, builder) => convolution(operation, operation, [], builder),
  MatMul: (operation, builder) => matrixProduct(operation, operation, [], builder),
  BiasAdd: biasAdd,
  FusedBatchNorm: batchNormalization,
  LRN: localResponseNormalization,
  MaxPool: (operation, builder) => pool(operation, builder, "MaxPool"),
  AvgPool: (operation, builder) => pool(operation, builder, "AveragePool"),
  Pad: pad,
  Reshape: flatten,
  Relu: (operation, builder) => elementwise(operation, builder, "Relu"),
  Tanh: (operation, builder) => elementwise(operation, builder, "Tanh"),
  Sigmoid: (operation, builder) => elementwise(operation, builder, "Sigmoid"),
  Identity: (operation, builder) => elementwise(operation, builder, "Identity"),
  // A model runs without dropping anything.
  Dropout: (operation, builder) => elementwise(operation, builder, "Identity"),
  Softmax: softmax,
};

/** The convolution or product whose bias this is, when it is the only one to read that: both become one node. */
export function fusedBias(operation: Operation): Operation | null {
  const before = operation.inputs[0]?.op;
  if (operation.type !== "BiasAdd" || before === undefined) return null;
  return before.type === "Conv2D" || before.type === "MatMul" ? before : null;
}

function biasAdd(operation: Operation, builder: OnnxBuilder): void {
  const [x, bias] = operation.inputs as [Operation["inputs"][number], Operation["inputs"][number]];
  const before = fusedBias(operation);
  // When others read it too, it has been added by itself.
  const alone = before !== null && builder.nodes.some(({ name }) => name === before.name);
  if (before === null || alone) {
    requirePlain(operation, builder);
    const { data } = builder.value(bias);
    const shaped = isImages(x)
      ? new NDArray("float32", [data.length, 1, 1], data as Float32Array)
      : builder.value(bias);
    builder.add(operation, "Add", [builder.nameOf(x), builder.parameter(bias, shaped)]);
  } else if (before.type === "Conv2D") {
    convolution(before, operation, [builder.parameter(bias)], builder);
  } else {
    matrixProduct(before, operation, [builder.parameter(bias)], builder);
  }
}

/** @param result whose output the node makes: the convolution's own or its bias'. */
function convolution(operation: Operation, result: Operation, bias: readonly string[], builder: OnnxBuilder): void {
  const [images, filter] = operation.inputs;
  const { strides, dilations, padding, groups } = operation.attrs as Conv2DAttrs;
  const value = builder.value(filter!);
  const [height, width, inside, out] = value.shape as readonly [number, number, number, number];
  const oihw = new NDArray("float32", [out, inside, height, width], permute(value.data, value.shape, [3, 2, 0, 1]));
  const attributes = {
    kernel_shape: { ints: [height, width] },
    strides: { ints: strides },
    dilations: { ints: dilations },
    pads: padsOf(operation, [height, width], strides, dilations, padding),
    group: { int: groups },
  };
  builder.add(result, "Conv", [builder.nameOf(images!), builder.parameter(filter!, oihw), ...bias], attributes);
}

/** Cells of padding, all beginnings before all ends. SAME depends on the size, which has to be known. */
function padsOf(
  operation: Operation,
  kernel: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  padding: Conv2DAttrs["padding"],
): OnnxAttribute {
  const sizes = operation.inputs[0]!.shape;
  const windows = ([0, 1] as const).map((axis) => {
    const size = sizes[axis + 1];
    if (padding === "SAME" && (size === null || size === undefined))
      throw unsupported(operation, "SAME padding of images of unknown size.", "give the images a height and width.");
    return slide(size ?? kernel[axis]!, kernel[axis]!, strides[axis]!, dilations[axis]!, paddingOf(padding, axis));
  });
  return { ints: [...windows.map(({ before }) => before), ...windows.map(({ after }) => after)] };
}

function pool(operation: Operation, builder: OnnxBuilder, type: "MaxPool" | "AveragePool"): void {
  const { ksize, strides, padding } = operation.attrs as PoolAttrs;
  const kernel = ksize.slice(1, 3);
  const steps = strides.slice(1, 3);
  builder.add(operation, type, [builder.nameOf(operation.inputs[0]!)], {
    kernel_shape: { ints: kernel },
    strides: { ints: steps },
    pads: padsOf(operation, kernel, steps, [1, 1], padding),
  });
}

function localResponseNormalization(operation: Operation, builder: OnnxBuilder): void {
  const { depthRadius, bias, alpha, beta } = operation.attrs as LrnAttrs;
  const size = 2 * depthRadius + 1;
  // ONNX divides alpha by the window, as PyTorch does; TensorFlow and we do not.
  builder.add(operation, "LRN", [builder.nameOf(operation.inputs[0]!)], {
    size: { int: size },
    alpha: { float: alpha * size },
    beta: { float: beta },
    bias: { float: bias },
  });
}

function batchNormalization(operation: Operation, builder: OnnxBuilder): void {
  const { epsilon, isTraining } = operation.attrs as FusedBatchNormAttrs;
  if (isTraining)
    throw unsupported(operation, "it takes the statistics of the batch.", "build the model with { training: false }.");
  requirePlain(operation, builder);
  const [x, ...parameters] = operation.inputs;
  const inputs = [builder.nameOf(x!), ...parameters.map((parameter) => builder.parameter(parameter))];
  builder.add(operation, "BatchNormalization", inputs, { epsilon: { float: epsilon } });
}

function pad(operation: Operation, builder: OnnxBuilder): void {
  const { paddings, constantValue } = operation.attrs as PadAttrs;
  requirePlain(operation, builder);
  const axes = isImages(operation.inputs[0]!) ? [0, 3, 1, 2] : paddings.map((_, axis) => axis);
  const int64 = [...axes.map((axis) => paddings[axis]![0]), ...axes.map((axis) => paddings[axis]![1])];
  const [pads, value] = [`${operation.name}/pads`, `${operation.name}/value`];
  builder.initializers.set(pads, { int64 });
  builder.initializers.set(value, new NDArray("float32", [], Float32Array.of(constantValue)));
  builder.add(operation, "Pad", [builder.nameOf(operation.inputs[0]!), pads, value]);
}

/** Images to rows. ONNX's come out channels first; the product behind it reads its weights in that order. */
function flatten(operation: Operation, builder: OnnxBuilder): void {
  const [x] = operation.inputs;
  const [, height, width, channels] = x!.shape;
  const [result] = operation.outputs;
  const size = result!.shape[1] ?? null;
  const flat =
    isImages(x!) && result!.rank === 2 && size !== null && size === (height ?? 0) * (width ?? 0) * (channels ?? 0);
  if (!flat) throw unsupported(operation, "only images that become a row each can be reshaped.");
  builder.setFlattened(result!, [height!, width!, channels!]);
  builder.add(operation, "Flatten", [builder.nameOf(x!)], { axis: { int: 1 } });
}

function matrixProduct(operation: Operation, result: Operation, bias: readonly string[], builder: OnnxBuilder): void {
  const [a, b] = operation.inputs;
  const { transposeA, transposeB } = operation.attrs as MatMulAttrs;
  const value = builder.value(b!);
  if (transposeA || a!.rank !== 2 || value.rank !== 2)
    throw unsupported(operation, "it is no product of rows with a matrix of weights.");
  const flattened = builder.flattenedOf(a!);
  if (flattened !== undefined && transposeB) throw unsupported(operation, "its weights are transposed.");
  const [, columns] = value.shape as readonly [number, number];
  const weights =
    flattened === undefined
      ? value
      : new NDArray("float32", value.shape, permute(value.data, [...flattened, columns], [2, 0, 1, 3]));
  const attributes = transposeB ? { transB: { int: 1 } } : {};
  builder.add(result, "Gemm", [builder.nameOf(a!), builder.parameter(b!, weights), ...bias], attributes);
}

function elementwise(operation: Operation, builder: OnnxBuilder, type: string): void {
  const [x] = operation.inputs;
  builder.setFlattened(operation.outputs[0]!, builder.flattenedOf(x!));
  builder.add(operation, type, [builder.nameOf(x!)]);
}

function softmax(operation: Operation, builder: OnnxBuilder): void {
  requirePlain(operation, builder);
  builder.add(operation, "Softmax", [builder.nameOf(operation.inputs[0]!)], {
    axis: { int: channelAxis(operation.inputs[0]!) },
  });
}

/** Flattened images are in another order in ONNX: only a product can make up for that, unless there is one cell. */
function requirePlain(operation: Operation, builder: OnnxBuilder): void {
  const flattened = builder.flattenedOf(operation.inputs[0]!);
  if (flattened === undefined || sizeOf(flattened.slice(0, 2)) === 1) return;
  throw unsupported(operation, "it reads flattened images, whose channels ONNX has first.");
}
