import { extname } from "node:path";
import { Command, Option } from "commander";
import * as tf from "millrace";
import { encodeOnnx, writeFileAtomically } from "millrace/node";
import { UsageError } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatBytes, formatCount, printable } from "../terminal/format.ts";
import { describeClassifier, describeInput } from "../training/describe-classifier.ts";
import { type LoadedClassifier, loadClassifier } from "../training/load-classifier.ts";
import { requireWritable } from "../writable.ts";

interface ExportOptions {
  readonly run: string;
  readonly out: string;
}

/** A file in pieces, which lie one behind the other in it, and what it holds. */
interface Exported {
  readonly pieces: readonly Uint8Array[];
  readonly contents: readonly string[];
}

type Export = (classifier: LoadedClassifier) => Promise<Exported>;

const EXPORTS: ReadonlyMap<string, Export> = new Map([
  [".onnx", exportOnnx],
  [".safetensors", exportSafetensors],
]);

const HELP = `
Both kinds of file say in their metadata what the classes are called ("classes", a JSON list in the order of the
outputs), and what a picture goes through on its way to the network ("preprocessing", a JSON list).

The ONNX file reads "images", float32 [batch, channels, height, width], and gives "logits" and "probabilities",
[batch, classes]; the batch may have any size. The safetensors file holds the variables under their names, for
train --weights and tf.models.loadWeights.

Examples:
  millrace export --run runs/shapes --out shapes.onnx
  millrace export --run runs/shapes --out shapes.safetensors`;

export function exportCommand(): Command {
  return new Command("export")
    .summary("write a trained network as ONNX or safetensors")
    .description(
      "Writes the network of a `millrace train` with its best weights (their moving averages, where it kept them) into one " +
        "file: .onnx, which runs without Millrace, or .safetensors, the weights alone. A file of that name is replaced.",
    )
    .addOption(new Option("--run <folder>", "the --out of a `millrace train`").makeOptionMandatory())
    .addOption(new Option("-o, --out <file>", "where it goes: NAME.onnx or NAME.safetensors").makeOptionMandatory())
    .addHelpText("after", HELP)
    .action(exportRun);
}

async function exportRun({ run, out }: ExportOptions): Promise<void> {
  const write = EXPORTS.get(extname(out).toLowerCase());
  if (write === undefined) {
    throw new UsageError(`--out ${out}: pass a file whose name ends in ${[...EXPORTS.keys()].join(" or ")}.`);
  }
  await requireWritable("--out", out);
  using display = new Display();
  // Nothing is computed, only read.
  await using classifier = await loadClassifier(run, { backend: "wasm", threads: 1 });
  display.live(`reading ${run} ...`);
  const { pieces, contents } = await write(classifier);
  await writeFileAtomically(out, pieces);
  display.live("");
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const { settings, step, classes } = classifier;
  display.line(`${out}: ${settings.model} with the weights of step ${formatCount(step)}, ${formatBytes(size)}`);
  for (const line of contents) display.line(line);
  display.line(`picture  ${describeInput(settings)}`);
  display.line(`classes  ${printable(classes.join(", "))}`);
}

async function exportOnnx({ session, network, ...run }: LoadedClassifier): Promise<Exported> {
  const metadata = describeClassifier(run);
  const model = await tf.models.toOnnx(session, network, { name: run.settings.model, metadata });
  const describe = ({ name, shape }: tf.models.OnnxValue): string => `${name} [${shape.join(", ")}]`;
  return {
    pieces: [encodeOnnx(model)],
    contents: [
      `input    ${model.inputs.map(describe).join(", ")}`,
      `outputs  ${model.outputs.map(describe).join(", ")}`,
    ],
  };
}

async function exportSafetensors({ session, network, ...run }: LoadedClassifier): Promise<Exported> {
  const weights = await tf.models.exportWeights(session, network);
  return {
    pieces: tf.formats.safetensorsPieces(weights, describeClassifier(run)),
    contents: [`weights  ${formatCount(weights.size)} variables under their names, for train --weights`],
  };
}
