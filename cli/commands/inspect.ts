import { Command } from "commander";
import * as tf from "millrace";
import {
  contactSheet,
  countEndings,
  encodeImage,
  type ImageReport,
  inspectImages,
  openImageData,
  writeFileAtomically,
} from "millrace/node";
import { oneOf, wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { type Column, formatCount, formatJson, formatTable, printable } from "../terminal/format.ts";

interface InspectOptions {
  readonly out?: string;
  readonly preset: tf.data.PresetName;
  readonly imageSize: number;
  readonly rows: number;
  readonly seed: number;
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function inspectCommand(): Command {
  return new Command("inspect")
    .summary("look at a data set: counts, sizes, broken files, samples")
    .description(
      "Reads every picture of DATA: a folder with one sub-folder a class (or train, val and test with such sub-folders), a " +
        "folder of MNIST's or CIFAR's files, or a .npz, .tar (WebDataset) or .tfrecord file. Prints pictures by class and part, " +
        "their sizes, each broken file with what is wrong with it, and how many files were left alone because their names " +
        "are not those of pictures. --out writes a PNG of what a network gets to see: a " +
        "row a picture, first as evaluation sees it, then as training sees it.",
    )
    .argument("<data>", "the data set")
    .option("-o, --out <file>", "write the sheet of augmented samples to this PNG file")
    .addOption(oneOf("--preset <name>", "augmentation of the sheet", Object.keys(tf.data.presets), "torchvision"))
    .addOption(
      wholeNumber("-i, --image-size <n>", "height and width that the network reads", { from: 8, to: 1024 }, 224),
    )
    .addOption(wholeNumber("--rows <n>", "pictures of the sheet", { from: 1, to: 64 }, 8))
    .addOption(wholeNumber("--seed <n>", "other pictures, split otherwise", { from: 0, to: 2 ** 32 - 1 }, 0))
    .option("--strict", "end with code 1 when a picture is broken")
    .option("--json", "print one JSON object")
    .action(inspect);
}

async function inspect(path: string, options: InspectOptions): Promise<void> {
  const { out, seed, json = false, strict = false } = options;
  using display = new Display({ toStandardError: json });
  const { classes, ignored, notes, ...parts } = await openImageData(path, { split: { seed } });
  const reports: { readonly name: string; readonly report: ImageReport }[] = [];
  for (const [name, source] of Object.entries(parts)) {
    if (source === null) continue;
    const report = await inspectImages(source, (done) =>
      display.live(`${name}: ${formatCount(done)} of ${formatCount(source.size)} ...`),
    );
    reports.push({ name, report });
  }
  display.live("");
  if (json) {
    const byName = Object.fromEntries(reports.map(({ name, report }) => [name, report]));
    const endings = Object.fromEntries(countEndings(ignored));
    process.stdout.write(`${formatJson({ data: path, classes, parts: byName, ignored: endings, notes })}\n`);
  } else {
    for (const line of [...describe(classes, reports), ...notes.map(printable)]) display.line(line);
  }
  if (out !== undefined) {
    const preset = tf.data.presets[options.preset]({ size: options.imageSize });
    const sheet = await contactSheet(parts.train, { preset, rows: options.rows, seed });
    await writeFileAtomically(out, await encodeImage(sheet, { format: "png" }));
    display.line(`sheet: ${out}, ${sheet.width} x ${sheet.height}; first column: evaluation, others: training`);
  }
  const broken = reports.reduce((sum, { report }) => sum + report.broken.length, 0);
  if (strict && broken > 0)
    throw new tf.FormatError({
      problem: `inspect: ${formatCount(broken)} broken pictures.`,
      fix: "replace or remove them.",
    });
}

function describe(
  classes: readonly string[],
  reports: readonly { readonly name: string; readonly report: ImageReport }[],
): string[] {
  const columns: Column[] = [{ title: "class" }, ...reports.map(({ name }) => ({ title: name, right: true }))];
  const rows = classes.map((name, label) => [
    printable(name),
    ...reports.map(({ report }) => formatCount(report.perClass[label] ?? 0)),
  ]);
  const totals = ["all", ...reports.map(({ report }) => formatCount(report.readable))];
  const spread = ({ min, median, max }: ImageReport["shortSide"]): string =>
    min === max ? `${min}` : `${min} to ${max}, median ${median}`;
  const sizes = reports
    .filter(({ report }) => report.readable > 0)
    .map(
      ({ name, report }) =>
        `${name}: shorter side ${spread(report.shortSide)}; longer side ${spread(report.longSide)} pixels`,
    );
  const broken = reports
    .flatMap(({ report }) => report.broken)
    .map(({ name, reason }) => `  ${printable(`${name}: ${reason}`)}`);
  return [
    ...formatTable(columns, [...rows, totals]),
    "",
    ...sizes,
    ...(broken.length === 0 ? ["no broken pictures"] : [`broken pictures: ${formatCount(broken.length)}`, ...broken]),
  ];
}
