import { Command } from "commander";
import type * as tf from "millrace";
import { backendOption, type BackendOptions, threadsOption } from "../backend.ts";
import { formatMean, formatShare, runBenchmark } from "../benchmark/run.ts";
import { batchSizeOption, imageSizeOption, wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { type Column, formatAmount, formatTable } from "../terminal/format.ts";
import { fitPlane } from "./fit-plane.ts";

interface NotesOptions extends BackendOptions {
  readonly batchSize: number;
  readonly imageSize?: number;
  readonly steps: number;
  readonly vggSteps: number;
}

/** What `npm start` runs. */
export function notesCommand(): Command {
  return new Command("notes")
    .summary("run the notes' three programs, and print a table of what came out")
    .description(
      "Runs the learning notes' three programs one after the other: the plane, AlexNet, VGG16 (fewer steps, it is twenty " +
        "times the work), and prints one table at the end. This is what `npm start` does.",
    )
    .addOption(batchSizeOption())
    .addOption(imageSizeOption())
    .addOption(wholeNumber("-s, --steps <n>", "steps of AlexNet that count", { from: 1, to: 1_000_000 }, 100))
    .addOption(wholeNumber("--vgg-steps <n>", "steps of VGG16 that count", { from: 1, to: 1_000_000 }, 3))
    .addOption(threadsOption())
    .addOption(backendOption())
    .action(async (options: NotesOptions) => {
      using display = new Display();
      await runNotes(options, display);
    });
}

const COLUMNS: readonly Column[] = [
  { title: "program" },
  { title: "batch", right: true },
  { title: "steps", right: true },
  { title: "result" },
  { title: "images/s", right: true },
  { title: "GFLOP/s", right: true },
  { title: "of peak", right: true },
];

async function runNotes(options: NotesOptions, display: Display): Promise<void> {
  const { steps, vggSteps, ...shared } = options;
  const heading = (text: string): void => display.line(display.bold(text));

  heading("1. A plane fitted by gradient descent");
  const plane = await fitPlane({ ...shared, points: 100, steps: 200, learningRate: 0.5 }, display);
  const rows = [["plane", "100", "201", `W = ${plane.W}, b = ${plane.b}`]];

  const bench = async (model: tf.models.ModelName, counted: number, burnIn: number): Promise<void> => {
    const { benchmark, peak } = await runBenchmark(model, { ...shared, steps: counted, burnIn }, display);
    for (const phase of benchmark.phases) {
      const { name, imagesPerSecond, gflops } = phase;
      rows.push([
        `${model} ${name}`,
        String(benchmark.batchSize),
        String(counted),
        formatMean(phase),
        formatAmount(imagesPerSecond),
        formatAmount(gflops),
        peak === null ? "" : formatShare(gflops, peak),
      ]);
    }
  };
  display.line();
  heading("2. AlexNet, forward and forward-backward");
  await bench("alexnet", steps, Math.min(10, steps));
  display.line();
  heading("3. VGG16, forward and forward-backward");
  await bench("vgg16", vggSteps, 1);

  display.line();
  for (const line of formatTable(COLUMNS, rows)) display.line(line);
}
