import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "../../../src/index.ts";
import { buildTorchvisionAlexnet } from "../../../src/models/weights/torchvision-alexnet.ts";
import { hashedUniform } from "../../golden/hashed-numbers.ts";

/** A network of narrow_nets.py: its weights as PyTorch has them, images, and the logits PyTorch computed. */
export interface NarrowNet {
  readonly weights: ReadonlyMap<string, tf.NDArray>;
  readonly images: tf.NDArray;
  readonly logits: readonly (readonly number[])[];
  /** In the default graph. */
  readonly build: () => tf.models.Model;
}

interface Golden {
  readonly name: string;
  readonly size: number;
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  readonly logits: readonly (readonly number[])[];
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, "narrow-nets.json"), "utf8")) as readonly Golden[];

/** An architecture with its widths divided by 16. */
function narrow(name: "vgg11" | "alexnet"): tf.models.Architecture {
  const architecture = tf.models.architectures[name];
  const features = architecture.features.map((layer) =>
    layer.kind === "conv" ? { ...layer, outChannels: layer.outChannels / 16 } : layer,
  );
  return { ...architecture, features, dense: [24, 16], classes: 5 };
}

function weightOf(name: string, shape: readonly number[], index: number): tf.NDArray {
  const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
  const drawn = hashedUniform(shape, index + 1, shape.length > 1 ? Math.sqrt(6 / fanIn) : 1);
  const isPositive = name.endsWith("running_var") || (shape.length === 1 && name.endsWith(".weight"));
  return isPositive
    ? new tf.NDArray(
        "float32",
        shape,
        Float32Array.from(drawn.data, (value) => value + 2),
      )
    : drawn;
}

export function narrowNet(wanted: "vgg11" | "vgg11_bn" | "alexnet"): NarrowNet {
  const { size, tensors, logits } = golden.find(({ name }) => name === wanted)!;
  const build = (): tf.models.Model => {
    if (wanted === "alexnet") return buildTorchvisionAlexnet(narrow("alexnet"), { imageSize: size });
    const normalization = wanted === "vgg11_bn" ? "batch" : "none";
    return tf.models.buildModel(narrow("vgg11"), { imageSize: size, normalization });
  };
  const weights = new Map(Object.entries(tensors).map(([name, shape], index) => [name, weightOf(name, shape, index)]));
  return { weights, images: hashedUniform([2, size, size, 3], 0), logits, build };
}

/** Runs something with a network and a session in a graph of its own. */
export function withNet<T>(
  net: NarrowNet,
  work: (model: tf.models.Model, session: tf.Session) => Promise<T>,
): Promise<T> {
  return new tf.Graph().asDefault(async () => {
    const model = net.build();
    await using session = new tf.Session();
    return await work(model, session);
  });
}

/** Logits of the network's images. */
export async function logitsOf(
  { images }: NarrowNet,
  model: tf.models.Model,
  session: tf.Session,
): Promise<tf.NDArray> {
  return session.run(model.logits, [[model.images, images]]);
}
