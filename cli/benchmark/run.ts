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
  const { batchSize, burnIn, steps } = options;
  const backend = openBackend(options);
  display.live("measuring this machine ...");
  const machine = await measure(backend, options);

  return new tf.Graph().asDefault(async () => {
    const network = buildNetwork(model, options);
    for (const t of network.activations) display.line(`${t.op.name}   ${formatShape(t.shape)}`);
    display.line(display.dim(describeWeights(model)));

    await using session = new tf.Session({ backend });
    display.live("giving variables their values ...");
    await session.run(tf.globalVariablesInitializer());

    const time = async (name: Phase["name"], title: string, target: Target): Promise<Phase> => {
      display.live(`${title}: compiling ...`);
      const { totals } = await session.explain(target);
      const durations = await timeRun(session, target, { title, burnIn, steps, display });
      const statistics = statisticsOf(durations);
      const { mean, sd } = statistics;
      const phase = {
        name,
        steps,
        ...statistics,
        imagesPerSecond: batchSize / mean,
        gflops: totals.flops / mean / 1e9,
      };
      const result = `${title} across ${steps} steps, ${mean.toFixed(3)} +/- ${sd.toFixed(3)} sec / batch`;
      display.line(`${display.dim(`${timestamp()}:`)} ${display.bold(result)}`);
      display.line(describeSpeed(phase, machine.gflops));
      return phase;
    };

    const phases = [
      await time("forward", "Forward", network.forward),
      await time("forward-backward", "Forward-backward", buildGradients(network)),
    ];
    const activations = network.activations.map(({ op, shape }) => ({ name: op.name, shape }));
    const imageSize = network.images.shape[1] ?? 0;
    const { threads } = machine;
    const benchmark = { model, batchSize, imageSize, threads, backend: backend.name, activations, phases };
    return { benchmark, peak: machine.gflops };
  });
}

async function measure(backend: tf.Backend, { threads }: BackendOptions): Promise<{ threads: number; gflops: number | null }> {
  if (backend.name !== "wasm") return { threads: 1, gflops: null };
  return tf.measureMachine(threads === undefined ? {} : { threads });
}

interface TimeRunOptions {
  readonly title: string;
  readonly burnIn: number;
  readonly steps: number;
  readonly display: Display;
}

/** The notes' `time_tensorflow_run`. @returns the seconds of every step after the burn-in. */
async function timeRun(session: tf.Session, target: Target, options: TimeRunOptions): Promise<number[]> {
  const { title, burnIn, steps, display } = options;
  const durations: number[] = [];
  let last = 0;
  for (let i = 0; i < burnIn + steps; i++) {
    const left = i === 0 ? "" : `, ${formatDuration(last * (burnIn + steps - i))} left`;
    display.live(i < burnIn ? `${title}: burn-in ${i + 1} of ${burnIn}${left}` : `${title}: step ${i - burnIn} of ${steps}${left}`);
    // Lets a Ctrl-C through; not timed.
    await turn();
    const start = performance.now();
    await session.run(target);
    last = (performance.now() - start) / 1000;
    if (i < burnIn) continue;
    // Unlike the notes, which add only the durations that they print, but divide by the number of all.
    durations.push(last);
    if ((i - burnIn) % 10 === 0) {
      display.line(`${display.dim(`${timestamp()}:`)} step ${i - burnIn}, duration = ${last.toFixed(3)}`);
    }
  }
  display.live("");
  return durations;
}

function describeSpeed({ imagesPerSecond, gflops }: Phase, peak: number | null): string {
  const speed = `${formatAmount(imagesPerSecond)} images/s, ${formatAmount(gflops)} GFLOP/s`;
  return peak === null ? speed : `${speed}, ${formatShare(gflops, peak)} of this machine's measured ${formatAmount(peak)}`;
}

/** `61%`. May exceed 100% by an algorithm that multiplies less than the direct method, whose operations are counted. */
export function formatShare(gflops: number, peak: number): string {
  return `${((gflops / peak) * 100).toFixed(0)}%`;
}
