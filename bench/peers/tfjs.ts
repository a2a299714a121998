/** TensorFlow.js on its wasm backend as one of the peers. */
import { loadPeer, versionOf } from "./packages.ts";
import type { Refusal } from "./protocol.ts";
import { l2Loss, norm, readFloats, serve, type Task } from "./serve.ts";
import type { Floats, NetworkWork, ProductWork } from "./work.ts";

/** The part of TensorFlow.js that is used. */
interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

interface Core {
  setBackend(name: string): Promise<boolean>;
  tidy<T>(compute: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  localResponseNormalization(x: Tensor, radius: number, bias: number, alpha: number, beta: number): Tensor;
  maxPool(x: Tensor, size: number, stride: number, padding: "valid"): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  readonly fused: { conv2d(options: FusedConvolution): Tensor };
}

interface FusedConvolution {
  readonly x: Tensor;
  readonly filter: Tensor;
  readonly strides: number;
  readonly pad: "same";
  readonly bias: Tensor;
  readonly activation: "relu";
}

const tf = loadPeer<Core>("@tensorflow/tfjs-core");
loadPeer("@tensorflow/tfjs-backend-wasm");
const version = versionOf("@tensorflow/tfjs-backend-wasm");
// https://github.com/tensorflow/tfjs/issues/3830
const how = "one thread: its threads do not run on Node.js (tfjs #3830)";
await tf.setBackend("wasm");

function network({ backward, images, layers }: NetworkWork): Task | Refusal {
  if (backward) return { cannot: "its wasm backend has no gradient of a convolution by its filter" };
  const input = load(images);
  const parameters = layers.map((layer) =>
    layer.kind === "conv" ? { filter: load(layer.weights), bias: load(layer.biases) } : null,
  );
  const forward = (): Tensor =>
    layers.reduce((x, layer, index) => {
      const own = parameters[index] ?? null;
      if (layer.kind === "pool" || own === null) {
        return layer.kind === "pool" ? tf.maxPool(x, layer.size, layer.stride, "valid") : x;
      }
      const y = tf.fused.conv2d({ x, ...own, strides: layer.stride, pad: "same", activation: "relu" });
      if (layer.lrn === null) return y;
      const { depthRadius, bias, alpha, beta } = layer.lrn;
      return tf.localResponseNormalization(y, depthRadius, bias, alpha, beta);
    }, input);
  return task(forward, (y) => [l2Loss(y)]);
}

function product({ a, b }: ProductWork): Task {
  const [left, right] = [load(a), load(b)];
  return task(
    () => tf.matMul(left, right),
    (y) => [norm(y), y[0] ?? 0],
  );
}

function task(compute: () => Tensor, valuesOf: (y: Float32Array) => number[]): Task {
  const run = (): Float32Array => {
    const y = tf.tidy(compute);
    const values = y.dataSync();
    y.dispose();
    return values;
  };
  return { version, values: valuesOf(run()), how, run: () => void run() };
}

function load(floats: Floats): Tensor {
  return tf.tensor(readFloats(floats), floats.shape);
}

await serve(async (work) => {
  if (work.kind === "network") return network(work);
  if (work.kind === "product") return product(work);
  return { cannot: "not asked: measured forward only" };
});
