/** jax-js on its wasm backend as one of the peers. It frees an array when it is used, unless it is used as `x.ref`. */
import { toChannelsFirst, toFiltersFirst } from "./layouts.ts";
import { importPeer, versionOf } from "./packages.ts";
import type { Refusal } from "./protocol.ts";
import { l2Loss, norm, readFloats, serve, type Task } from "./serve.ts";
import type { ConvolutionLayer, Lrn, NetworkWork, ProductWork } from "./work.ts";

/** The part of jax-js that is used. */
interface Jax {
  init(device: "wasm"): Promise<readonly string[]>;
  defaultDevice(device: "wasm"): void;
  jit<T extends (...operands: JaxArray[]) => JaxArray>(compute: T): T;
  readonly numpy: {
    array(values: Float32Array, options: { readonly shape: readonly number[] }): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    max(x: JaxArray): JaxArray;
    sum(x: JaxArray): JaxArray;
    square(x: JaxArray): JaxArray;
    power(x: JaxArray, exponent: number): JaxArray;
    pad(x: JaxArray, widths: readonly (readonly [number, number])[]): JaxArray;
  };
  readonly lax: {
    convGeneralDilated(
      x: JaxArray,
      w: JaxArray,
      strides: readonly number[],
      padding: readonly (readonly number[])[],
    ): JaxArray;
    reduceWindow(
      x: JaxArray,
      reduce: (window: JaxArray) => JaxArray,
      size: readonly number[],
      strides: readonly number[],
    ): JaxArray;
  };
  readonly nn: { relu(x: JaxArray): JaxArray };
}

interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  data(): Promise<Float32Array>;
}

const { init, defaultDevice, jit, numpy: np, lax, nn } = await importPeer<Jax>("@jax-js/jax");
const version = versionOf("@jax-js/jax");
await init("wasm");
defaultDevice("wasm");

async function network({ backward, images, layers }: NetworkWork): Promise<Task | Refusal> {
  if (backward) return { cannot: "not asked: one image forward takes seconds" };
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  const pixels = toChannelsFirst(readFloats(images), images.shape);
  const input = np.array(pixels, { shape: [batch, channels, height, width] });
  const parameters = layers.flatMap((layer) => (layer.kind === "conv" ? parametersOf(layer) : []));
  const forward = jit((x, ...values) => {
    let y = x;
    let next = 0;
    for (const layer of layers) {
      if (layer.kind === "pool") {
        y = lax.reduceWindow(y, np.max, [1, 1, layer.size, layer.size], [1, 1, layer.stride, layer.stride]);
        continue;
      }
      const [w, b] = [values[next++], values[next++]];
      if (w === undefined || b === undefined) throw new Error(`${layer.name} has no parameters`);
      const sum = lax.convGeneralDilated(y, w, [layer.stride, layer.stride], [layer.padding, layer.padding]);
      y = nn.relu(sum.add(b));
      if (layer.lrn !== null) y = normalize(y, layer.lrn);
    }
    return y;
  });
  return task(
    () => forward(input.ref, ...parameters.map(({ ref }) => ref)),
    (y) => [l2Loss(y)],
  );
}

function parametersOf({ weights, biases }: ConvolutionLayer): [weights: JaxArray, biases: JaxArray] {
  const [height = 0, width = 0, inChannels = 0, outChannels = 0] = weights.shape;
  const filter = toFiltersFirst(readFloats(weights), weights.shape);
  return [
    np.array(filter, { shape: [outChannels, inChannels, height, width] }),
    np.array(readFloats(biases), { shape: [1, outChannels, 1, 1] }),
  ];
}

/** It has no such layer: the sum slides over channels that zeros surround. */
function normalize(x: JaxArray, { depthRadius, bias, alpha, beta }: Lrn): JaxArray {
  const around = [
    [0, 0],
    [depthRadius, depthRadius],
    [0, 0],
    [0, 0],
  ] as const;
  const squares = np.pad(np.square(x.ref), around);
  const sums = lax.reduceWindow(squares, np.sum, [1, 2 * depthRadius + 1, 1, 1], [1, 1, 1, 1]);
  return x.mul(np.power(sums.mul(alpha).add(bias), -beta));
}

async function product({ a, b }: ProductWork): Promise<Task> {
  const [left, right] = [a, b].map((floats) => np.array(readFloats(floats), { shape: floats.shape }));
  if (left === undefined || right === undefined) return Promise.reject(new Error("a product has two operands"));
  return task(
    () => np.matmul(left.ref, right.ref),
    (y) => [norm(y), y[0] ?? 0],
  );
}

async function task(compute: () => JaxArray, valuesOf: (y: Float32Array) => number[]): Promise<Task> {
  const run = (): Promise<Float32Array> => compute().data();
  return { version, values: valuesOf(await run()), run: async () => void (await run()) };
}

await serve(async (work) => {
  if (work.kind === "network") return network(work);
  if (work.kind === "product") return product(work);
  return { cannot: "not asked: measured forward only" };
});
