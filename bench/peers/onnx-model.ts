/** Makes ONNX models of the works. Field numbers: onnx.proto3 of ONNX 1.17 (IR version 8, operators of version 13). */
import { bytes, encode, float, integer, type Message, nested, text } from "./protobuf.ts";
import { readFloats } from "./serve.ts";
import { toChannelsFirst, toFiltersFirst } from "./layouts.ts";
import type { ConvolutionLayer, Floats, NetworkWork, PoolLayer, ProductWork } from "./work.ts";

const FLOAT = 1;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** One input "images" `[batch, channels, height, width]`, one output "y"; weights are part of the model. */
export function networkModel({ images, layers }: NetworkWork): Uint8Array {
  const nodes: Message[] = [];
  const weights: Message[] = [];
  let last = "images";
  const add = (type: string, inputs: readonly string[], ...attributes: readonly Message[]): void => {
    const output = `${type}${nodes.length}`;
    nodes.push(node(type, [last, ...inputs], output, attributes));
    last = output;
  };
  for (const layer of layers) {
    if (layer.kind === "pool") {
      add("MaxPool", [], ...windowOf(layer));
      continue;
    }
    const [w, b] = [`${layer.name}/weights`, `${layer.name}/biases`];
    weights.push(
      initializer(w, filterShape(layer.weights), toFiltersFirst(readFloats(layer.weights), layer.weights.shape)),
    );
    weights.push(initializer(b, layer.biases.shape, readFloats(layer.biases)));
    add("Conv", [w, b], ...convolutionOf(layer));
    add("Relu", []);
    if (layer.lrn === null) continue;
    const { depthRadius, alpha, beta, bias } = layer.lrn;
    const size = 2 * depthRadius + 1;
    // ONNX divides alpha by the window's size.
    const parameters = [
      floatOf("alpha", alpha * size),
      floatOf("beta", beta),
      floatOf("bias", bias),
      intOf("size", size),
    ];
    add("LRN", [], ...parameters);
  }
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  return model(nodes, weights, [["images", [batch, channels, height, width]]], last);
}

export function productModel({ a, b }: ProductWork): Uint8Array {
  const inputs = [["a", a.shape] as const, ["b", b.shape] as const];
  return model([node("MatMul", ["a", "b"], "y", [])], [], inputs, "y");
}

/** What the model's input holds: images of the work with channels first. */
export function imagesOf({ images }: NetworkWork): Float32Array {
  return toChannelsFirst(readFloats(images), images.shape);
}

type Input = readonly [name: string, shape: readonly number[]];

function model(
  nodes: readonly Message[],
  weights: readonly Message[],
  inputs: readonly Input[],
  output: string,
): Uint8Array {
  const graph = nested(
    7,
    ...nodes,
    text(2, "bench"),
    ...weights,
    ...inputs.map(([name, shape]) => valueInfo(11, name, shape)),
    valueInfo(12, output, null),
  );
  return encode(integer(1, 8), nested(8, integer(2, 13)), graph);
}

function node(type: string, inputs: readonly string[], output: string, attributes: readonly Message[]): Message {
  const names = inputs.map((name) => text(1, name));
  return nested(1, ...names, text(2, output), text(3, output), text(4, type), ...attributes);
}

function valueInfo(field: number, name: string, shape: readonly number[] | null): Message {
  const dimensions = shape === null ? [] : [nested(2, ...shape.map((dimension) => nested(1, integer(1, dimension))))];
  return nested(field, text(1, name), nested(2, nested(1, integer(1, FLOAT), ...dimensions)));
}

function initializer(name: string, shape: readonly number[], values: Float32Array): Message {
  const dimensions = shape.map((dimension) => integer(1, dimension));
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return nested(5, ...dimensions, integer(2, FLOAT), text(8, name), bytes(9, raw));
}

function convolutionOf({ weights, stride, padding: [before, after] }: ConvolutionLayer): Message[] {
  const [height = 0, width = 0] = weights.shape;
  return [
    intsOf("kernel_shape", [height, width]),
    intsOf("strides", [stride, stride]),
    intsOf("pads", [before, before, after, after]),
  ];
}

function windowOf({ size, stride }: PoolLayer): Message[] {
  return [intsOf("kernel_shape", [size, size]), intsOf("strides", [stride, stride])];
}

function filterShape({ shape }: Floats): number[] {
  const [height = 0, width = 0, inChannels = 0, outChannels = 0] = shape;
  return [outChannels, inChannels, height, width];
}

function floatOf(name: string, value: number): Message {
  return nested(5, text(1, name), float(2, value), integer(20, ATTRIBUTE_FLOAT));
}

function intOf(name: string, value: number): Message {
  return nested(5, text(1, name), integer(3, value), integer(20, ATTRIBUTE_INT));
}

function intsOf(name: string, values: readonly number[]): Message {
  return nested(5, text(1, name), ...values.map((value) => integer(8, value)), integer(20, ATTRIBUTE_INTS));
}
