/** Everything that Millrace is compared in: the only list. */
import { networkFlops } from "../layer-sizes.ts";
import { commandOf, type PeerName } from "./commands.ts";
import { holdFirstResult } from "./first-result.ts";
import type { FloatFiles } from "./float-files.ts";
import { networkWork, type NetworkOptions } from "./network-work.ts";
import { type Entry, hold, type Outcome, type TournamentOptions } from "./tournament.ts";
import type { Work } from "./work.ts";

export interface Contest {
  readonly name: string;
  readonly title: string;
  /** Floating-point operations of a run by the direct method; null where they are not the point. */
  readonly flops: number | null;
  /** How often a run does what is counted, in `steps/s`; null for plain seconds. */
  readonly steps: number | null;
  /** At most so many rounds: for works that take half a minute. */
  readonly mostRounds: number;
  /** Whether the memory of the processes is compared: elsewhere PyTorch holds the work in two layouts to choose one. */
  readonly comparesMemory: boolean;
  /** Peers that are not asked, with the reason. */
  readonly notAsked: Readonly<Partial<Record<PeerName, string>>>;
  readonly hold: (files: FloatFiles, threads: number, options: TournamentOptions) => Promise<Outcome[]>;
}

const peers: readonly PeerName[] = ["Millrace", "PyTorch", "ONNX Runtime", "TensorFlow.js", "jax-js"];

const defaults = { flops: null, steps: null, mostRounds: Infinity, comparesMemory: false, notAsked: {} } as const;

const tooSlow = { "jax-js": "a batch would take minutes: see alexnet-forward-1" } as const;
const slowOnes = { ...tooSlow, "TensorFlow.js": "a batch would take half a minute: see alexnet-forward" } as const;
const forwardOnly = {
  "ONNX Runtime": "onnxruntime-node runs models forward only",
  "TensorFlow.js": "its wasm backend has no gradient of a convolution by its filter",
  "jax-js": "a batch would take minutes: see alexnet-forward-1",
} as const;

const SIZE = 1024;
const POINTS = 100;
const PLANE_STEPS = 1000;

export const contests: readonly Contest[] = [
  {
    ...defaults,
    name: "matmul-1024",
    title: "matrix product, 1024 cubed",
    flops: 2 * SIZE ** 3,
    hold: everyPeer({}, productWork, peakEntry),
  },
  network("alexnet-forward-1", { model: "alexnet", batch: 1, backward: false }, {}),
  network("alexnet-forward", { model: "alexnet", batch: 32, backward: false }, tooSlow),
  network("alexnet-forward-backward", { model: "alexnet", batch: 32, backward: true }, forwardOnly),
  network("vgg16-forward", { model: "vgg16", batch: 8, backward: false }, slowOnes),
  network("vgg16-forward-backward", { model: "vgg16", batch: 8, backward: true }, forwardOnly),
  {
    ...network("vgg16-memory", { model: "vgg16", batch: 32, backward: true }, forwardOnly),
    mostRounds: 1,
    comparesMemory: true,
  },
  {
    ...defaults,
    name: "fit-plane",
    title: `plane fitted to ${POINTS} points by gradient descent, ${PLANE_STEPS} steps`,
    steps: PLANE_STEPS,
    notAsked: notAskedForPlane(),
    hold: everyPeer(notAskedForPlane(), planeWork),
  },
  {
    ...defaults,
    name: "first-result",
    title: "process start to the first result of fit-plane",
    hold: (_files, _threads, options) => holdFirstResult(options),
  },
  threads("threads-alexnet", { model: "alexnet", batch: 32, backward: true }),
  threads("threads-vgg16", { model: "vgg16", batch: 8, backward: true }),
];

function network(name: string, options: NetworkOptions, notAsked: Contest["notAsked"]): Contest {
  return {
    ...defaults,
    name,
    title: titleOf(options),
    flops: flopsOf(options),
    notAsked,
    hold: everyPeer(notAsked, (files) => networkWork(files, options)),
  };
}

/** The same work on one thread and on two, Millrace against itself. */
function threads(name: string, options: NetworkOptions): Contest {
  return {
    ...defaults,
    name,
    title: `${titleOf(options)}: one thread to all`,
    flops: flopsOf(options),
    hold: (files, most, tournament) => {
      const work = networkWork(files, options);
      const entry = (label: string, count: number): Entry => ({
        label,
        command: commandOf("Millrace"),
        work,
        threads: count,
      });
      return hold([entry("Millrace", most), entry("Millrace, 1 thread", 1)], tournament);
    },
  };
}

/** @param limit takes its turns between Millrace and PyTorch: what is compared most lies closest in time. */
function everyPeer(
  notAsked: Contest["notAsked"],
  makeWork: (files: FloatFiles) => Work,
  limit: ((count: number) => Entry) | null = null,
): Contest["hold"] {
  return (files, count, options) => {
    const work = makeWork(files);
    const asked = peers.filter((peer) => notAsked[peer] === undefined);
    const entries = asked.map((label): Entry => ({ label, command: commandOf(label), work, threads: count }));
    return hold(limit === null ? entries : entries.toSpliced(1, 0, limit(count)), options);
  };
}

/** The same loop that the machine's limits are measured with before and after, here in every round. */
export function peakEntry(count: number): Entry {
  return { label: "the machine's peak", command: commandOf("Millrace"), work: { kind: "peak" }, threads: count };
}

function productWork(files: FloatFiles): Work {
  return { kind: "product", a: files.normal([SIZE, SIZE], 1), b: files.normal([SIZE, SIZE], 1) };
}

function notAskedForPlane(): Contest["notAsked"] {
  const reason = "not asked: the comparison is with eager PyTorch";
  return { "ONNX Runtime": forwardOnly["ONNX Runtime"], "TensorFlow.js": reason, "jax-js": reason };
}

/** The notes' plane: heights 0.1 x₀ + 0.2 x₁ + 0.3. */
function planeWork(files: FloatFiles): Work {
  const random = files.uniformNumbers(2 * POINTS);
  const heights = Array.from(
    { length: POINTS },
    (_, i) => 0.1 * (random[i] ?? 0) + 0.2 * (random[POINTS + i] ?? 0) + 0.3,
  );
  return {
    kind: "plane",
    steps: PLANE_STEPS,
    learningRate: 0.5,
    x: files.write([2, POINTS], random),
    y: files.write([POINTS], heights),
    start: files.write([1, 2], [-0.4, 0.9]),
    checkedSteps: 20,
  };
}

function titleOf({ model, batch, backward }: NetworkOptions): string {
  const name = model === "alexnet" ? "AlexNet of the notes" : "VGG16's convolutions";
  return `${name}, ${batch === 1 ? "one image" : `batch ${batch}`}, ${backward ? "forward-backward" : "forward"}`;
}

function flopsOf({ model, batch, backward }: NetworkOptions): number {
  return batch * networkFlops(model, { backward });
}
