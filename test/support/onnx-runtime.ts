import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { NDArray } from "../../src/core/ndarray.ts";

/** What is used of onnxruntime-node. It is one of the benchmarks' peers, installed apart: npm run bench:peers -- --install */
interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array): Promise<{ run(feeds: Record<string, unknown>): Promise<OnnxResults> }>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown;
}

type OnnxResults = Record<string, { readonly data: Float32Array; readonly dims: number[] }>;

const peers = join(dirname(dirname(import.meta.dirname)), "bench", "peers", "packages");
const folder = [join(peers, "node_modules"), join(dirname(peers), "node_modules")].find((path) =>
  existsSync(join(path, "onnxruntime-node")),
);

/** Why tests that run ONNX files are left out; false where they run. */
export const withoutOnnxRuntime: string | false =
  folder === undefined ? "onnxruntime-node is not installed: npm run bench:peers -- --install" : false;

/** What ONNX Runtime makes of a file's bytes. @param images `[batch, height, width, channels]`. */
export async function runOnnx(file: Uint8Array, images: NDArray): Promise<OnnxResults> {
  const { InferenceSession, Tensor } = createRequire(join(folder!, "index.js"))("onnxruntime-node") as OnnxRuntime;
  const session = await InferenceSession.create(file);
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const nchw = new Float32Array(images.size);
  for (let b = 0; b < batch; b++) {
    for (let cell = 0; cell < height * width; cell++) {
      for (let c = 0; c < channels; c++)
        nchw[(b * channels + c) * height * width + cell] = images.data[(b * height * width + cell) * channels + c]!;
    }
  }
  return session.run({ images: new Tensor("float32", nchw, [batch, channels, height, width]) });
}
