import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import * as tf from "millrace";
import { backendOption, type BackendOptions, openBackend, threadsOption } from "../backend.ts";
import { positiveNumber, wholeNumber } from "../options.ts";
import { drawCurve } from "../terminal/curve.ts";
import { Display } from "../terminal/display.ts";
import { formatMatrix, formatVector } from "../terminal/format.ts";

export interface FitPlaneOptions extends BackendOptions {
  readonly points: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly seed?: number;
}

export interface FitPlaneResult {
  /** `[[0.100 0.200]]`, `[0.300]`. */
  readonly W: string;
  readonly b: string;
}

export function fitPlaneCommand(): Command {
  return new Command("fit-plane")
    .summary("fit a plane by gradient descent")
    .description(
      "Fits y = W x + b to points of the plane 0.1 x0 + 0.2 x1 + 0.3 by gradient descent. Prints step, W and b every 20 " +
        "steps; a terminal also shows the loss falling.",
    )
    .addOption(wholeNumber("-p, --points <n>", "points of the plane", { from: 1, to: 1_000_000 }, 100))
    .addOption(wholeNumber("-s, --steps <n>", "steps of descent", { from: 1, to: 1_000_000 }, 200))
    .addOption(positiveNumber("-l, --learning-rate <x>", "length of a step", 0.5))
    .addOption(
      wholeNumber("--seed <n>", "same points, same start, same bits (default: drawn)", { from: 0, to: 2 ** 32 - 1 }),
    )
    .addOption(threadsOption())
    .addOption(backendOption())
    .action(async (options: FitPlaneOptions) => {
      using display = new Display();
      await fitPlane(options, display);
    });
}

/** Milliseconds a terminal shows each stage of the descent: the whole of it takes less time than the eye needs. */
const PAUSE = 50;
/** More steps than this take their time by themselves. */
const LONG = 1000;
/** Steps from one printed line to the next, as in the notes. */
const PRINTED = 20;

/** @throws ValueError when the learning rate is so large that the loss grows beyond all numbers. */
export async function fitPlane(options: FitPlaneOptions, display: Display): Promise<FitPlaneResult> {
  const { points, steps, learningRate, seed } = options;
  const backend = openBackend(options);
  const data = await phonyData(points, seed, backend);
  return new tf.Graph().asDefault(async () => {
    if (seed !== undefined) tf.setRandomSeed(seed);
    const b = tf.variable(tf.zeros([1]));
    const W = tf.variable(tf.randomUniform([1, 2], { minval: -1, maxval: 1 }));
    const y = tf.matmul(W, data.x).add(b);
    const loss = tf.reduceMean(tf.square(y.sub(data.y)));
    const train = new tf.train.GradientDescentOptimizer(learningRate).minimize(loss);
    await using session = new tf.Session({ backend });
    await session.run(tf.globalVariablesInitializer());

    const losses: number[] = [];
    for (let step = 0; step <= steps; step++) {
      const [, value] = await session.run([train, loss]);
      losses.push(value.item());
      if (!Number.isFinite(value.item())) throw diverged(step, learningRate);
      if (step % PRINTED !== 0) continue;
      const fitted = format(await session.run({ W, b }));
      display.live(lossCurve(losses, steps, display.columns));
      display.line(`${step} ${fitted.W} ${fitted.b}`);
      // Also lets a Ctrl-C through: so small a plan runs at once, without giving the event loop a turn.
      await (display.isTerminal && steps <= LONG ? sleep(PAUSE) : turn());
    }
    display.live("");
    if (display.isTerminal) display.line(lossCurve(losses, steps, display.columns));
    return format(await session.run({ W, b }));
  });
}

function format({ W, b }: { readonly W: tf.NDArray; readonly b: tf.NDArray }): FitPlaneResult {
  return { W: formatMatrix([Array.from(W.data)]), b: formatVector(Array.from(b.data)) };
}

/** The losses so far on a logarithmic scale, above an axis of all steps. */
function lossCurve(losses: readonly number[], steps: number, terminalColumns: number): string {
  const columns = Math.max(Math.min(terminalColumns - 12, 60), 8);
  const axis = `    loss ${"0".padEnd(columns - String(steps).length)}${steps}`;
  return ["", ...drawCurve(losses, { columns, rows: 6, expected: steps + 1 }), axis].join("\n");
}

/** Points of the plane: x `[2, points]`, uniform from 0 to 1, and y `[points]`. */
async function phonyData(
  points: number,
  seed: number | undefined,
  backend: tf.Backend,
): Promise<{ x: tf.NDArray; y: tf.NDArray }> {
  return new tf.Graph().asDefault(async () => {
    // Another stream than that of W, which follows from the seed too.
    const x = tf.randomUniform([2, points], seed === undefined ? {} : { seed });
    const y = tf
      .matmul([[0.1, 0.2]], x)
      .add(0.3)
      .reshape([points]);
    await using session = new tf.Session({ backend });
    const [xData, yData] = await session.run([x, y]);
    return { x: xData, y: yData };
  });
}

function diverged(step: number, learningRate: number): tf.ValueError {
  return new tf.ValueError({
    problem: `fit-plane: after ${step} steps the loss is no number any more: the steps are too long.`,
    operands: [{ name: "learning rate", value: String(learningRate) }],
    fix: "pass a smaller --learning-rate, for example 0.5.",
  });
}
