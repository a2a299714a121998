/** `npm run bench:data`: from photos in files to batches, and whether training waits for them. */
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "millrace";
import { loadImages, openImageData } from "millrace/node";
import { formatAmount, formatTable } from "../cli/terminal/format.ts";
import { countOption, namesOption, readOptions, runProgram } from "./options.ts";
import { writePhoto } from "./photos.ts";
import { measureOthers, warningOf } from "./quiet.ts";
import { summarize } from "./statistics.ts";

const USAGE = `usage: npm run bench:data -- [--pictures N] [--rounds N] [--works a,b] [--steps N]
  --pictures N  JPEG files of 500 x 375, made for this; default 128
  --rounds N    epochs that are measured of each; default 5
  --steps N     training steps that are measured; default 12
  --works a,b   some of decode, torchvision, alexnet, jitter, training; default: all`;

const { randomResizedCrop, randomFlip, colorJitter } = tf.data.augment;
const torchvision = tf.data.torchvision().train;
const jitter = colorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4 });

/** What pictures go through: little but decoding, then what people train with. */
const RECIPES: Readonly<Record<string, readonly tf.data.augment.Transform[]>> = {
  decode: [tf.data.augment.centerCrop(32)],
  torchvision,
  alexnet: tf.data.alexnetPaper().train,
  jitter: [randomResizedCrop(224), randomFlip(), jitter, torchvision.at(-1)!],
};

async function main(): Promise<number> {
  const option = { type: "string" } as const;
  const values = readOptions({ pictures: option, rounds: option, steps: option, works: option }, USAGE);
  const works = namesOption(values, "works", [...Object.keys(RECIPES), "training"]);
  const rounds = countOption(values, "rounds", 5);
  const folder = await mkdtemp(join(tmpdir(), "millrace-photos-"));
  try {
    const bytes = await writePhotos(folder, countOption(values, "pictures", 128));
    console.log(`JPEG files of 500 x 375, ${formatAmount(bytes / 1000)} kB on average, to 224 x 224 in float32`);
    const before = await measureOthers();
    const { train } = await openImageData(folder, { split: { validation: 0 } });
    const choices = [...new Set([1, 2, availableParallelism()])];
    const measured = works
      .filter((work) => work !== "training")
      .flatMap((work) => choices.map((workers) => ({ work, workers, rates: [] as number[], perCore: [] as number[] })));
    // Interleaved, so that what slows the machine for a while slows all; the first round warms up.
    for (let round = 0; round <= rounds; round++) {
      for (const { work, workers, rates, perCore } of measured) {
        const epoch = await oneEpoch(train, RECIPES[work]!, workers);
        if (round === 0) continue;
        rates.push(epoch.rate);
        perCore.push(epoch.perCore);
      }
    }
    const rows = measured.map(({ work, workers, rates, perCore }) => {
      const { median, spread } = summarize(rates);
      const shares = [formatAmount(median), `${(100 * spread).toFixed(0)}%`, formatAmount(summarize(perCore).median)];
      return [work, String(workers), ...shares];
    });
    if (rows.length > 0) print(["recipe", "threads", "images/s", "spread", "images/s of a core"], rows);
    if (works.includes("training")) await measureTraining(train, countOption(values, "steps", 12));
    for (const line of warningOf(Math.max(before, await measureOthers()))) console.log(line);
    return 0;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns bytes of a file, on average. */
async function writePhotos(folder: string, count: number): Promise<number> {
  let bytes = 0;
  for (const name of ["a", "b"]) await mkdir(join(folder, name));
  for (let index = 0; index < count; index++) {
    const file = join(folder, index % 2 === 0 ? "a" : "b", `${index}.jpg`);
    await writeFile(file, await writePhoto({ width: 500, height: 375, seed: index, quality: 90 + (index % 6) }));
    bytes += (await stat(file)).size;
  }
  return bytes / count;
}

interface Epoch {
  /** Images a second, and a second of a core's work: threads of the decoder count, too. */
  readonly rate: number;
  readonly perCore: number;
}

async function oneEpoch(
  source: tf.data.ImageSource,
  transforms: readonly tf.data.augment.Transform[],
  workers: number,
): Promise<Epoch> {
  await using batches = loadImages(source, { batchSize: 32, transforms, shuffle: true, workers });
  // Threads start and compile outside of what is measured.
  (await batches.next())?.release();
  const start = performance.now();
  const before = process.cpuUsage();
  let images = 0;
  for (let epoch = 0; epoch < 2; epoch++) {
    for await (const batch of batches) {
      images += batch.size;
      batch.release();
    }
  }
  const { user, system } = process.cpuUsage(before);
  return { rate: (1000 * images) / (performance.now() - start), perCore: (1e6 * images) / (user + system) };
}

/** AlexNet, batch 32: how long steps wait for pictures when a core is left for them, and when none is. */
async function measureTraining(source: tf.data.ImageSource, steps: number): Promise<void> {
  const cores = availableParallelism();
  const rows: string[][] = [];
  for (const threads of new Set([Math.max(cores - 1, 1), cores])) {
    await using batches = loadImages(source, { batchSize: 32, transforms: torchvision, shuffle: true, workers: 1 });
    await using session = new tf.Session({ graph: new tf.Graph(), backend: tf.wasm({ threads }) });
    let [begun, waitedBefore, stepsBefore, waited, time] = [0, 0, 0, 0, 0];
    await tf.train.fit({
      session,
      data: batches,
      network: ({ images, training }) => tf.models.alexnet({ images, training, classes: 2 }),
      learningRate: 0.001,
      steps: steps + 2,
      callbacks: [
        {
          onStep: ({ step }) => {
            // The first two steps start threads and compile the plan.
            if (step === 2) [begun, waitedBefore, stepsBefore] = [performance.now(), batches.waited, step];
            time = (performance.now() - begun) / 1000 / Math.max(step - stepsBefore, 1);
            waited = (batches.waited - waitedBefore) / Math.max(step - stepsBefore, 1);
          },
        },
      ],
    });
    rows.push([
      `${threads} of ${cores}`,
      "1",
      `${(1000 * time).toFixed(0)} ms`,
      `${(1000 * waited).toFixed(1)} ms`,
      `${((100 * waited) / time).toFixed(1)}%`,
    ]);
  }
  console.log("\nAlexNet, batch 32, forward and backward: what a step waits for its pictures");
  print(["cores of the network", "threads of the data", "step", "wait", "share"], rows);
}

function print(titles: readonly string[], rows: readonly (readonly string[])[]): void {
  const columns = titles.map((title, index) => ({ title, right: index > 0 }));
  console.log(formatTable(columns, rows).join("\n"));
}

await runProgram(main);
