import { Command, Option } from "commander";
import * as tf from "millrace";
import { ImageFiles } from "millrace/node";
import { backendOption, type BackendOptions, threadsOption } from "../backend.ts";
import { wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatJson, percent, printable } from "../terminal/format.ts";
import { loadClassifier } from "../training/load-classifier.ts";
import { channelsOf, evaluationBatches } from "../training/network.ts";

interface PredictOptions extends BackendOptions {
  readonly run: string;
  readonly top: number;
  readonly json?: boolean;
}

/** An image and what it was called, the most probable first. */
interface Named {
  readonly file: string;
  readonly classes: readonly { readonly name: string; readonly probability: number }[];
}

export function predictCommand(): Command {
  return new Command("predict")
    .summary("say what images show")
    .description(
      "Prints the most probable classes of each image, by the network of a `millrace train` with its best weights.",
    )
    .argument("<images...>", "picture files")
    .addOption(new Option("--run <folder>", "the --out of a `millrace train`").makeOptionMandatory())
    .addOption(wholeNumber("--top <n>", "classes that are named", { from: 1, to: 1000 }, 5))
    .option("--json", "print one JSON object")
    .addOption(threadsOption())
    .addOption(backendOption())
    .action(predict);
}

async function predict(files: string[], options: PredictOptions): Promise<void> {
  const { json = false, top } = options;
  using display = new Display({ toStandardError: json });
  await using classifier = await loadClassifier(options.run, options);
  const { session, network, settings, classes } = classifier;
  const channels = channelsOf(settings.model);
  // Nobody knows their classes: the labels are never looked at.
  const source = new ImageFiles(files, new Array<number>(files.length).fill(0), classes, { channels });
  const broken: tf.data.BrokenImage[] = [];
  await using data = evaluationBatches(settings, source, { workers: 0, onBroken: (image) => broken.push(image) });
  const named: Named[] = [];
  const evaluated = tf.train.evaluate({
    session,
    network,
    data,
    onPrediction: ({ index, probabilities }) => {
      const order = [...probabilities.keys()].sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0));
      const best = order
        .slice(0, top)
        .map((label) => ({ name: classes[label] ?? "", probability: probabilities[label] ?? 0 }));
      named.push({ file: files[index] ?? "", classes: best });
    },
  });
  // Its own error says that no picture is left.
  await evaluated.catch((error: unknown) => {
    if (broken.length < files.length) throw error;
  });
  if (json) process.stdout.write(`${formatJson({ run: options.run, images: named })}\n`);
  else for (const { file, classes: best } of named) display.line(`${printable(file)}: ${describe(best)}`);
  if (broken.length > 0) throw unreadable(broken, files.length);
}

function describe(classes: Named["classes"]): string {
  return classes.map(({ name, probability }) => `${printable(name)} ${percent(probability)}`).join(", ");
}

/** The others have been named: one damaged photo of a thousand ends nothing, but is told and counts as a failure. */
function unreadable(broken: readonly tf.data.BrokenImage[], all: number): tf.FormatError {
  return new tf.FormatError({
    problem: `${broken.length} of ${all} pictures could not be read.`,
    operands: broken.map(({ name, reason }) => ({ name: printable(name), value: printable(reason) })),
    fix: "repair or replace them, or leave them out.",
  });
}
