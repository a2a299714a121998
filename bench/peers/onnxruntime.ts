/** ONNX Runtime as one of the peers. */
import { imagesOf, networkModel, productModel } from "./onnx-model.ts";
import { loadPeer, versionOf } from "./packages.ts";
import type { Refusal } from "./protocol.ts";
import { l2Loss, norm, readFloats, serve, type Task } from "./serve.ts";
import type { NetworkWork, ProductWork } from "./work.ts";

/** The part of onnxruntime-node that is used. */
interface Runtime {
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<InferenceSession>;
  };
}

interface Tensor {
  readonly data: Float32Array;
}

interface InferenceSession {
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}

const runtime = loadPeer<Runtime>("onnxruntime-node");
const version = versionOf("onnxruntime-node");

async function open(model: Uint8Array, threads: number): Promise<InferenceSession> {
  return runtime.InferenceSession.create(model, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
}

async function network(work: NetworkWork, threads: number): Promise<Task | Refusal> {
  if (work.backward) return { cannot: "onnxruntime-node runs models forward only" };
  const session = await open(networkModel(work), threads);
  const [batch = 0, height = 0, width = 0, channels = 0] = work.images.shape;
  const images = new runtime.Tensor("float32", imagesOf(work), [batch, channels, height, width]);
  return task(session, { images }, (y) => [l2Loss(y)]);
}

async function product(work: ProductWork, threads: number): Promise<Task> {
  const session = await open(productModel(work), threads);
  const a = new runtime.Tensor("float32", readFloats(work.a), work.a.shape);
  const b = new runtime.Tensor("float32", readFloats(work.b), work.b.shape);
  return task(session, { a, b }, (y) => [norm(y), y[0] ?? 0]);
}

async function task(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  valuesOf: (y: Float32Array) => number[],
): Promise<Task> {
  const run = async (): Promise<Float32Array> => {
    const results = await session.run(feeds);
    return results[session.outputNames[0] ?? ""]?.data ?? new Float32Array();
  };
  return {
    version,
    values: valuesOf(await run()),
    how: "all graph optimizations",
    run: async () => void (await run()),
  };
}

await serve(async (work, threads) => {
  if (work.kind === "network") return network(work, threads);
  if (work.kind === "product") return product(work, threads);
  return { cannot: "onnxruntime-node runs models forward only" };
});
