import * as tf from "millrace";
import {
  encodeImage,
  EventWriter,
  readMetrics,
  renderReport,
  type ReportGallery,
  type ReportPicture,
  writeFileAtomically,
} from "millrace/node";
import { percent } from "../terminal/format.ts";
import { type ExplainedNetwork, gradCam, withHeat } from "./grad-cam.ts";
import { activationSheet, filterSheet, pictureOf } from "./pictures.ts";
import { PrCounter } from "./pr-counter.ts";
import type { RunFolder, Settings } from "./settings.ts";

export interface RunReport {
  readonly run: RunFolder;
  readonly settings: Settings;
  readonly classes: readonly string[];
  readonly session: tf.Session;
  readonly network: ExplainedNetwork;
  /** The first layer's weights. */
  readonly filters: tf.Tensor;
  /** In words: how the run went. */
  readonly summary: string;
  readonly data: tf.data.ImageBatches;
  /** Which part of the data: `test`. */
  readonly part: string;
  /** Whether to write curves of precision over recall for TensorBoard. */
  readonly tensorboard: boolean;
  readonly signal: AbortSignal;
  /** Told how many images have been judged. */
  readonly onJudged: (count: number) => void;
}

const MOST_MISTAKES = 24;
const EXAMPLES = 6;

/** An image that was judged. */
interface Judged {
  readonly values: Float32Array;
  readonly label: number;
  readonly called: number;
  /** Of the class that it was called, and of its own. */
  readonly calledProbability: number;
  readonly ownProbability: number;
  readonly name: string;
}

/** Evaluates the best weights and writes `report.html`. @throws the signal's reason, when that comes first. */
export async function writeRunReport(
  report: RunReport,
): Promise<{ file: string; metrics: tf.train.ClassificationMetrics }> {
  const { run, settings, classes, session, network, summary, data, part } = report;
  const best = await run.checkpoints.best();
  if (best !== null) await session.importState({ variables: best.variables, randomRuns: new Map() });
  const { metrics, mistakes, examples, curves } = await judge(report);
  if (report.tensorboard) await writeCurves(report, best?.state.step ?? 0, curves);
  const plan = await session.explain(network.logits, [[network.images, examples[0]?.values ?? new Float32Array()]]);
  const content = {
    title: `${settings.model} on ${settings.data}`,
    summary,
    settings: { ...settings },
    charts: await chartsOf(run),
    part,
    metrics,
    classes,
    galleries: [
      await mistakeGallery(mistakes, data, classes),
      await filterGallery(report),
      await activationGallery(report, examples),
      await heatGallery(report, examples),
    ],
    plan: plan.text,
  };
  const file = run.file("report.html");
  await writeFileAtomically(file, renderReport(content));
  return { file, metrics };
}

async function judge({ session, network, data, classes, signal, onJudged }: RunReport): Promise<{
  metrics: tf.train.ClassificationMetrics;
  mistakes: Judged[];
  examples: Judged[];
  curves: PrCounter;
}> {
  const [height, width, channels] = data.imageShape;
  const length = height * width * channels;
  let mistakes: Judged[] = [];
  const examples = new Map<number, Judged>();
  const curves = new PrCounter(classes.length);
  let count = 0;
  const metrics = await tf.train.evaluate({
    session,
    network,
    data,
    signal,
    onPrediction: ({ label, probabilities, index }, batch, row) => {
      onJudged(++count);
      curves.add(probabilities, label);
      const called = probabilities.reduce((best, value, at) => (value > probabilities[best]! ? at : best), 0);
      const ownProbability = probabilities[label] ?? 0;
      const isExample = called === label && !examples.has(label) && examples.size < EXAMPLES;
      const isMistake =
        called !== label && (mistakes.length < MOST_MISTAKES || ownProbability < mistakes.at(-1)!.ownProbability);
      if (!isExample && !isMistake) return;
      const name = data.source.name?.(index) ?? `image ${index}`;
      const values = batch.images.slice(row * length, (row + 1) * length);
      const judged = { values, label, called, ownProbability, calledProbability: probabilities[called] ?? 0, name };
      if (isExample) examples.set(label, judged);
      else mistakes = [...mistakes, judged].sort((a, b) => a.ownProbability - b.ownProbability).slice(0, MOST_MISTAKES);
    },
  });
  return { metrics, mistakes, examples: [...examples.values()], curves };
}

/** In a file of their own: the run's is closed. */
async function writeCurves({ run, classes, part }: RunReport, step: number, curves: PrCounter): Promise<void> {
  const events = await EventWriter.open(run.path);
  const values = classes.map((name, index) => [`${part}/${name}`, { prCurve: curves.countsOf(index) }] as const);
  await events.summary(step, Object.fromEntries(values));
  await events.close();
}

async function chartsOf(run: RunFolder): Promise<Parameters<typeof renderReport>[0]["charts"]> {
  const records = await readMetrics(run.file("metrics.jsonl"));
  const steps = records.filter(({ type }) => type === "step");
  const epochs = records.filter(({ type }) => type === "epoch");
  const curve = (
    rows: typeof records,
    pick: (row: Record<string, unknown>) => unknown,
  ): (readonly [number, number])[] => rows.map((row) => [row.step, Number(pick(row) ?? Number.NaN)] as const);
  const validated =
    (key: string) =>
    (row: Record<string, unknown>): unknown =>
      (row["validation"] as Record<string, unknown> | undefined)?.[key];
  const pair = (title: string, key: string): Parameters<typeof renderReport>[0]["charts"][number] => ({
    title,
    xTitle: "step",
    curves: [
      { name: "training", points: curve(steps, (row) => row[key]), isFaint: true },
      { name: "validation", points: curve(epochs, validated(key)) },
      { name: "epoch's mean", points: curve(epochs, (row) => row[key]) },
    ],
  });
  const single = (title: string, key: string): Parameters<typeof renderReport>[0]["charts"][number] => ({
    title,
    xTitle: "step",
    curves: [{ name: key, points: curve(steps, (row) => row[key]), isFaint: true }],
  });
  return [
    pair("Loss", "loss"),
    pair("Accuracy", "accuracy"),
    single("Learning rate", "learningRate"),
    single("Norm of the gradients", "gradientNorm"),
  ];
}

async function png(picture: tf.data.Image, caption: string): Promise<ReportPicture> {
  return { png: await encodeImage(picture, { format: "png" }), caption };
}

async function mistakeGallery(
  mistakes: readonly Judged[],
  data: tf.data.ImageBatches,
  classes: readonly string[],
): Promise<ReportGallery> {
  const pictures: ReportPicture[] = [];
  for (const { values, label, called, calledProbability, name } of mistakes) {
    const caption = `${classes[label]}, called ${classes[called]} (${percent(calledProbability)}): ${name.split(/[/\\]/).slice(-2).join("/")}`;
    pictures.push(await png(pictureOf(values, ...data.imageShape), caption));
  }
  return {
    title: "Worst mistakes",
    text: "The images whose own class was given the least probability.",
    pictures,
    height: 112,
  };
}

async function filterGallery({ session, filters }: RunReport): Promise<ReportGallery> {
  const { data, shape } = await session.run(filters);
  const sheet = filterSheet(data, shape);
  const pictures = sheet === null ? [] : [await png(sheet, filters.op.name)];
  return { title: "Filters of the first layer", text: "Each scaled to its own range.", pictures, height: 420 };
}

async function activationGallery(
  { session, network, classes, data }: RunReport,
  examples: readonly Judged[],
): Promise<ReportGallery> {
  const pictures: ReportPicture[] = [];
  for (const { values, label } of examples.slice(0, 2)) {
    const maps = await session.run(network.firstConvolution, [[network.images, values]]);
    pictures.push(await png(pictureOf(values, ...data.imageShape), classes[label] ?? ""));
    pictures.push(await png(activationSheet(maps.data, maps.shape), `${network.firstConvolution.op.name} of it`));
  }
  return {
    title: "Activations",
    text: "What the first convolution makes of an image, a square a channel.",
    pictures,
    height: 300,
  };
}

async function heatGallery(
  { session, network, classes, data }: RunReport,
  examples: readonly Judged[],
): Promise<ReportGallery> {
  const explain = gradCam(network);
  const pictures: ReportPicture[] = [];
  for (const { values, label, calledProbability } of examples) {
    const heat = await explain(session, values, label);
    const caption = `${classes[label]} (${percent(calledProbability)})`;
    pictures.push(await png(withHeat(pictureOf(values, ...data.imageShape), heat), caption));
  }
  return {
    title: "Where it looks",
    text: "Grad-CAM: the places whose features speak for the class, in red.",
    pictures,
    height: 160,
  };
}
