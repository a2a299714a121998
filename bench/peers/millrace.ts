/** Millrace as one of the peers. */
import * as tf from "millrace";
import packageJson from "../../package.json" with { type: "json" };
import { openPeak } from "../../src/backends/wasm/measure.ts";
import { chooseVariant } from "../../src/backends/wasm/variant.ts";
import { kernelCases } from "../kernels/index.ts";
import { openKernel } from "../kernels/open-kernel.ts";
import type { Refusal } from "./protocol.ts";
import { l2Loss, norm, readFloats, serve, type Task } from "./serve.ts";
import type { Floats, KernelWork, NetworkWork, PlaneWork, ProductWork, Work } from "./work.ts";

const { version } = packageJson;

async function network({ model, backward, images, layers }: NetworkWork, backend: tf.Backend): Promise<Task> {
  const session = new tf.Session({ backend });
  const architecture = tf.models.architectures[model];
  const input = tf.variable(tf.zeros(images.shape), { name: "images", trainable: false });
  const { output, parameters } = tf.models.buildFeatures(input, architecture, {
    normalization: architecture.normalization,
    training: true,
    initializer: tf.models.heNormal,
  });
  const convolutions = layers.filter((layer) => layer.kind === "conv");
  const values = convolutions.flatMap(({ weights, biases }) => [weights, biases]);
  await load(session, [input, ...parameters], [images, ...values]);
  const loss = tf.nn.l2Loss(output);
  const gradients = tf.gradients(loss, parameters).filter((gradient) => gradient !== null);
  // Values are fetched, as in the notes. With the gradients comes the loss, which PyTorch computes as well.
  const target = backward ? [loss, ...gradients] : [output];
  const run = (): Promise<tf.NDArray[]> => session.run(target);
  const [first, ...slopes] = (await run()).map(({ data }) => data);
  const lossValue = backward ? (first?.[0] ?? Number.NaN) : l2Loss(first ?? []);
  const { totals } = await session.explain(target);
  return {
    version,
    values: [lossValue, ...slopes.map(norm)],
    how: `${(totals.arenaBytes / 2 ** 20).toFixed(0)} MiB of activations and workspace`,
    run: async () => void (await run()),
  };
}

async function product({ a, b }: ProductWork, backend: tf.Backend): Promise<Task> {
  const session = new tf.Session({ backend });
  const [left, right] = [tf.variable(tf.zeros(a.shape)), tf.variable(tf.zeros(b.shape))];
  await load(session, [left, right], [a, b]);
  const c = tf.matmul(left, right);
  const { data } = await session.run(c);
  return {
    version,
    values: [norm(data), data[0] ?? 0],
    // The operation: the result stays where it is, as it does for the peers.
    run: async () => {
      await session.run(c.op);
    },
  };
}

async function plane(work: PlaneWork, backend: tf.Backend): Promise<Task> {
  const session = new tf.Session({ backend });
  const constant = (floats: Floats): tf.Tensor =>
    tf.constant(new tf.NDArray("float32", floats.shape, readFloats(floats)));
  const b = tf.variable(tf.zeros([1]));
  const W = tf.variable(constant(work.start));
  const y = tf.add(tf.matmul(W, constant(work.x)), b);
  const loss = tf.reduceMean(tf.square(tf.sub(y, constant(work.y))));
  const train = new tf.train.GradientDescentOptimizer(work.learningRate).minimize(loss);
  const steps = async (count: number): Promise<void> => {
    for (let step = 0; step < count; step++) await session.run(train);
  };
  await session.run(tf.globalVariablesInitializer());
  await steps(work.checkedSteps);
  const values = [...(await session.run(W)).data, ...(await session.run(b)).data];
  return { version, values, run: () => steps(work.steps) };
}

async function kernel({ name }: KernelWork, backend: tf.Backend): Promise<Task | Refusal> {
  const found = kernelCases.find((candidate) => candidate.name === name);
  if (found === undefined) return { cannot: `there is no kernel "${name}"` };
  const open = await openKernel(found, backend);
  return { version, values: [], how: open.algorithm, run: open.run };
}

/** Not Millrace's speed but the machine's: the loop behind what `millrace devices` prints. */
async function peak(threads: number): Promise<Task> {
  const { flops, run } = await openPeak({ variant: chooseVariant(), threads });
  return { flops, how: "multiply-adds in registers, all threads", run };
}

/** Gives variables the values in files. */
async function load(session: tf.Session, variables: readonly tf.Variable[], files: readonly Floats[]): Promise<void> {
  for (const [index, v] of variables.entries()) {
    const floats = files[index];
    if (floats === undefined) throw new Error(`there is no file for ${v.name}`);
    const value = tf.placeholder("float32", floats.shape);
    await session.run(tf.assign(v, value).op, [[value, readFloats(floats)]]);
  }
}

function prepare(work: Work, threads: number): Promise<Task | Refusal> {
  if (work.kind === "peak") return peak(threads);
  const backend = tf.wasm({ threads });
  if (work.kind === "network") return network(work, backend);
  if (work.kind === "product") return product(work, backend);
  return work.kind === "plane" ? plane(work, backend) : kernel(work, backend);
}

await serve((work, threads) => new tf.Graph().asDefault(() => prepare(work, threads)));
