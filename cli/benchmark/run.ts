import { setImmediate as turn } from "node:timers/promises";
import * as tf from "millrace";
import { type BackendOptions, openBackend } from "../backend.ts";
import type { Display } from "../terminal/display.ts";
import { formatAmount, formatDuration, formatShape, timestamp } from "../terminal/format.ts";
import { buildGradients, buildNetwork, describeWeights, type NetworkOptions } from "./network.ts";
import { type Statistics, statisticsOf } from "./statistics.ts";

export interface BenchmarkOptions extends NetworkOptions, BackendOptions {
  readonly burnIn: number;
  readonly steps: number;
}

/** What `bench --json` prints. Durations are in seconds a batch. */
export interface Benchmark {
  readonly model: tf.models.ModelName;
  readonly batchSize: number;
  readonly imageSize: number;
  readonly threads: number;
  readonly backend: string;
  readonly activations: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[];
  readonly phases: readonly Phase[];
}

export interface Phase extends Statistics {
  readonly name: "forward" | "forward-backward";
  readonly steps: number;
  readonly imagesPerSecond: number;
  /** 10^9 floating-point operations a second; convolutions count two for each multiply-add of the direct method. */
  readonly gflops: number;
}

type Target = tf.Tensor | readonly tf.Tensor[];

/** Runs the notes' benchmark; `peak` is what the machine was measured to do, null for a backend that cannot be. */
export async function runBenchmark(
  model: tf.models.ModelName,
  options: BenchmarkOptions,
  display: Display,
): Promise<{ readonly benchmark: Benchmark; readonly peak: number | null }> {
  const backend = openBackend(options);
  display.live("measuring this machine ...");
  const machine = await measure(backend, options);
  display.live("");

  return new tf.Graph().asDefault(async () => {
    const network = buildNetwork(model, options);
    for (const t of network.activations) display.line(`${t.op.name}   ${formatShape(t.shape)}`);
    display.line(display.dim(describeWeights(model)));

    await using session = new tf.Session({ backend });
    display.live("giving variables their values ...");
    await session.run(tf.globalVariablesInitializer());

    const settings = { ...options, display, peak: machine.gflops };
    const phases = [
      await timePhase(session, network.forward, { ...settings, name: "forward" }),
      await timePhase(session, buildGradients(network), { ...settings, name: "forward-backward" }),
    ];
    const activations = network.activations.map(({ op, shape }) => ({ name: op.name, shape }));
    const imageSize = network.images.shape[1] ?? 0;
    const { batchSize } = options;
    const { threads, gflops } = machine;
    const benchmark = { model, batchSize, imageSize, threads, backend: backend.name, activations, phases };
    return { benchmark, peak: gflops };
  });
}

async function measure(
  backend: tf.Backend,
  { threads }: BackendOptions,
): Promise<{ threads: number; gflops: number | null }> {
  if (backend.name !== "wasm") return { threads: 1, gflops: null };
  return tf.measureMachine(threads === undefined ? {} : { threads });
}

interface PhaseSettings {
  readonly name: Phase["name"];
  readonly batchSize: number;
  readonly burnIn: number;
  readonly steps: number;
  readonly peak: number | null;
  readonly display: Display;
}

/** Times a target and prints what it came to. */
async function timePhase(session: tf.Session, target: Target, settings: PhaseSettings): Promise<Phase> {
  const { name, batchSize, steps, peak, display } = settings;
  const title = TITLES[name];
  display.live(`${title}: compiling ...`);
  const { totals } = await session.explain(target);
  const statistics = statisticsOf(await timeRun(session, target, settings));
  const { mean } = statistics;
  const speed = { imagesPerSecond: batchSize / mean, gflops: totals.flops / mean / 1e9 };
  const phase = { name, steps, ...statistics, ...speed };
  const result = `${title} across ${steps} steps, ${formatMean(phase)}`;
  display.line(`${display.dim(`${timestamp()}:`)} ${display.bold(result)}`);
  display.line(describeSpeed(phase, peak));
  return phase;
}

/** As the notes print them. */
const TITLES: Readonly<Record<Phase["name"], string>> = {
  forward: "Forward",
  "forward-backward": "Forward-backward",
};

/** The notes' `time_tensorflow_run`. @returns the seconds of every step after the burn-in. */
async function timeRun(session: tf.Session, target: Target, settings: PhaseSettings): Promise<number[]> {
  const { name, burnIn, steps, display } = settings;
  const durations: number[] = [];
  // The shortest of all: the first runs are no guide to the others.
  let shortest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < burnIn + steps; i++) {
    const left = i < 2 ? "" : `, ${formatDuration(shortest * (burnIn + steps - i))} left`;
    const done = i < burnIn ? `${i} of ${burnIn} steps of burn-in` : `${i - burnIn} of ${steps} steps`;
    display.live(`${TITLES[name]}: ${done}${left}`);
    // Lets a Ctrl-C through; not timed.
    await turn();
    const start = performance.now();
    await session.run(target);
    const duration = (performance.now() - start) / 1000;
    shortest = Math.min(shortest, duration);
    if (i < burnIn) continue;
    // Unlike the notes, which add only the durations that they print, but divide by the number of all.
    durations.push(duration);
    if ((i - burnIn) % 10 === 0) {
      display.line(`${display.dim(`${timestamp()}:`)} step ${i - burnIn}, duration = ${formatSeconds(duration)}`);
    }
  }
  display.live("");
  return durations;
}

function describeSpeed({ imagesPerSecond, gflops }: Phase, peak: number | null): string {
  const speed = `${formatAmount(imagesPerSecond)} images/s, ${formatAmount(gflops)} GFLOP/s`;
  return peak === null
    ? speed
    : `${speed}: ${formatShare(gflops, peak)} of this machine's measured ${formatAmount(peak)}`;
}

/** `0.330 +/- 0.004 sec / batch`, as the notes print it. */
export function formatMean({ mean, sd }: Statistics): string {
  return `${formatSeconds(mean)} +/- ${formatSeconds(sd, mean)} sec / batch`;
}

/** Three digits as in the notes; six for durations, or durations about a mean, of which three would say nothing. */
function formatSeconds(seconds: number, about: number = seconds): string {
  return seconds.toFixed(about < 0.01 ? 6 : 3);
}

/** `61%`. May exceed 100% by an algorithm that multiplies less than the direct method, whose operations are counted. */
export function formatShare(gflops: number, peak: number): string {
  return `${((gflops / peak) * 100).toFixed(0)}%`;
}
