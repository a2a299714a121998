import { Command, Option } from "commander";
import * as tf from "millrace";
import { backendOption, type BackendOptions, threadsOption } from "../backend.ts";
import { oneOf, workersOption } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { type Column, formatCount, formatJson, formatTable, percent, printable } from "../terminal/format.ts";
import { loadClassifier } from "../training/load-classifier.ts";
import { evaluationBatches, openEvaluationData, PARTS, type PartName } from "../training/network.ts";
import { judgedLine } from "../training/progress.ts";

interface EvaluateOptions extends BackendOptions {
  readonly run: string;
  readonly part?: PartName;
  readonly workers?: number;
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command("evaluate")
    .summary("measure a trained network on images")
    .description(
      "Runs the network of a `millrace train` with its best weights over DATA: a folder with one sub-folder a class, or any " +
        "data set that train takes, of which the test part is used where it has one.",
    )
    .argument("<data>", "the images")
    .addOption(new Option("--run <folder>", "the --out of a `millrace train`").makeOptionMandatory())
    .addOption(oneOf("--part <name>", "of a data set that has several", PARTS))
    .addOption(workersOption())
    .option("--strict", "end at the first broken image")
    .option("--json", "print one JSON object")
    .addOption(threadsOption())
    .addOption(backendOption())
    .action(evaluate);
}

async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  const { json = false, workers, strict = false } = options;
  using display = new Display({ toStandardError: json });
  await using classifier = await loadClassifier(options.run, options);
  const { session, network, settings, classes, step } = classifier;
  const { part, source } = await openEvaluationData(settings, path, classes, options.part);
  await using data = evaluationBatches(settings, source, {
    ...(workers === undefined ? {} : { workers }),
    strict,
    onBroken: ({ name, reason }) => display.line(`left out ${printable(`${name}: ${reason}`)}`),
  });
  let done = 0;
  const onPrediction = (): void => display.live(judgedLine(part, ++done, source.size));
  const metrics = await tf.train.evaluate({ session, network, data, onPrediction });
  display.live("");
  if (json) {
    process.stdout.write(
      `${formatJson({ data: path, part, run: options.run, step, classNames: classes, ...metrics })}\n`,
    );
    return;
  }
  const columns: Column[] = [
    { title: "class" },
    { title: "images", right: true },
    { title: "precision", right: true },
    { title: "recall", right: true },
    { title: "F1", right: true },
  ];
  const share = (value: number): string => (Number.isNaN(value) ? "" : percent(value));
  const rows = metrics.classes.map(({ support, precision, recall, f1 }, index) => [
    printable(classes[index] ?? ""),
    formatCount(support),
    share(precision),
    share(recall),
    share(f1),
  ]);
  for (const line of formatTable(columns, rows)) display.line(line);
  display.line();
  display.line(
    `${part}, ${formatCount(metrics.count)} images, weights of step ${formatCount(step)}: loss ${metrics.loss.toFixed(4)} ` +
      `top-1 ${percent(metrics.accuracy)} top-5 ${percent(metrics.top5)}`,
  );
}
