import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { runtimeAdvice, writeFileAtomically } from "millrace/node";
import { openBackend, threadsOption } from "../../backend.ts";
import { numberFrom, UsageError, wholeNumber } from "../../options.ts";
import { Display } from "../../terminal/display.ts";
import { formatCount, formatDuration, shellWord } from "../../terminal/format.ts";
import { stopSignals } from "../../training/stop-signals.ts";
import { type Config, configOf, DEFAULTS, POINTS, QUICK } from "./config.ts";
import { loadData } from "./data.ts";
import { describeRun, type Progress, runExperiment } from "./experiment.ts";
import { claimsPage } from "./page.ts";
import { findingLines } from "./findings-table.ts";

interface ClaimsOptions {
  readonly out: string;
  readonly data?: string;
  readonly seeds?: number;
  readonly quick?: boolean;
  readonly images?: number;
  readonly imageSize: number;
  readonly steps?: number;
  readonly targetError: number;
  readonly threads?: number;
}

/** So many images that a sixteenth of them fill a batch. */
const LEAST_IMAGES = 512;

export function alexnetClaimsCommand(): Command {
  return new Command("alexnet-claims")
    .summary("what AlexNet's parts are good for: relu, dropout, normalization, augmentation")
    .description(
      "Trains an AlexNet in miniature with and without each of its parts: relu against tanh and sigmoid, dropout, local " +
        "response normalization against none and against batch normalization, augmentation with few images and with many. " +
        "Networks that are compared share seeds: the same draws of weights, the same batches. Every network has the best " +
        "learning rate of a few. Writes claims.html, which says what holds on this data, and claims.json, with every " +
        "curve. Stopped at any moment, the same call goes on.",
    )
    .addOption(new Option("-o, --out <folder>", "where the results go").default("runs/claims"))
    .addOption(
      new Option("-d, --data <path>", "a data set of your own, any that train takes (default: shapes are drawn)"),
    )
    .addOption(wholeNumber("--seeds <n>", `matched pairs (default: ${DEFAULTS.seeds})`, { from: 1, to: 1000 }))
    .addOption(
      wholeNumber("--images <n>", `to train on, at most (default: ${DEFAULTS.images})`, {
        from: LEAST_IMAGES,
        to: 1_000_000,
      }),
    )
    .addOption(
      wholeNumber(
        "-i, --image-size <n>",
        "height and width that networks read",
        { from: 16, to: 256 },
        DEFAULTS.imageSize,
      ),
    )
    .addOption(
      wholeNumber(
        "-s, --steps <n>",
        `of each run, of 32 images; a multiple of ${POINTS} (default: ${DEFAULTS.steps})`,
        {
          from: POINTS,
          to: 1_000_000,
        },
      ),
    )
    .addOption(
      numberFrom(
        "--target-error <part>",
        "networks are timed until this training error",
        { from: 0, below: 1 },
        DEFAULTS.targetError,
      ),
    )
    .option(
      "-q, --quick",
      `two minutes in place of ten: ${QUICK.seeds} seeds, ${formatCount(QUICK.images)} images, ${QUICK.steps} steps`,
    )
    .addOption(threadsOption())
    .action(runClaims);
}

async function runClaims(options: ClaimsOptions): Promise<void> {
  const { out } = options;
  const { seeds: usualSeeds } = options.quick === true ? QUICK : DEFAULTS;
  const { seeds = usualSeeds } = options;
  const wanted = configFrom(options);
  using display = new Display();
  using signals = stopSignals(() => display.line("stopping after this step ..."));
  const begun = performance.now();
  const data = await loadData(wanted, {
    onProgress: (done, total) => display.live(`${formatCount(done)} of ${formatCount(total)} images ...`),
    onBroken: (name, reason) => display.line(`left out ${name}: ${reason}`),
  });
  // A data set of one's own may have fewer images than are wanted at most.
  const config = configFrom({ ...options, images: data.train.size });
  display.live("");
  display.line(
    `${formatCount(data.train.size)} images of ${data.classes.length} classes at ${config.imageSize} x ${config.imageSize}` +
      `${config.data === null ? ", drawn" : ""}; ${formatCount(data.test.size)} to test with`,
  );
  for (const better of runtimeAdvice()) display.line(`faster here with ${better}`);
  const backend = openBackend({
    backend: "wasm",
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const since = performance.now();
  const { results, isWhole } = await runExperiment({
    config,
    data,
    seeds,
    out,
    backend,
    signal: signals.signal,
    onStep: (progress) => display.live(bar(progress, since)),
    onRun: (record, { runsBefore, runs }) =>
      display.line(`[${runsBefore}/${runs}] ${describeRun(record, data.classes.length)}`),
  });
  display.live("");
  const page = join(out, "claims.html");
  await writeFileAtomically(page, claimsPage(results));
  if (isWhole) for (const line of findingLines(results)) display.line(line);
  else display.line(`stopped; the same call goes on: millrace experiment alexnet-claims --out ${shellWord(out)} ...`);
  display.line(`${page}, after ${formatDuration((performance.now() - begun) / 1000)}`);
  if (signals.exitCode() !== 0) process.exit(signals.exitCode());
}

/** @throws UsageError for steps that no curve can be made of. */
function configFrom({ data, imageSize, targetError, quick, ...options }: ClaimsOptions): Config {
  const usual = quick === true ? QUICK : DEFAULTS;
  const { images = usual.images, steps = usual.steps } = options;
  if (steps % POINTS !== 0) throw new UsageError(`--steps ${steps}: pass a multiple of ${POINTS}.`);
  return configOf({ data: data === undefined ? null : resolve(data), imageSize, images, steps, targetError });
}

const BAR = 24;

function bar({ run, runsBefore, runs, stepsDone, stepsLeft }: Progress, since: number): string {
  const part = stepsDone / Math.max(stepsDone + stepsLeft, 1);
  const full = Math.round(part * BAR);
  const seconds = (performance.now() - since) / 1000;
  const left = stepsDone < 10 ? "" : `, ${formatDuration((seconds / stepsDone) * stepsLeft)} left`;
  const what = run.purpose === "trial" ? `trial of rate ${run.learningRate}` : `seed ${run.seed}`;
  return `${"█".repeat(full)}${"░".repeat(BAR - full)} run ${runsBefore + 1} of ${runs}${left}  ${what}: ${run.arm}`;
}
