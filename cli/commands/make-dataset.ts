import { Argument, Command } from "commander";
import { makeShapes } from "millrace/node";
import { oneOf, wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatCount } from "../terminal/format.ts";
import { stopSignals } from "../training/stop-signals.ts";

interface MakeDatasetOptions {
  readonly imageSize: number;
  readonly train: number;
  readonly val: number;
  readonly test: number;
  readonly seed: number;
  readonly format: "jpeg" | "png";
}

export function makeDatasetCommand(): Command {
  const most = { from: 0, to: 1_000_000 };
  return new Command("make-dataset")
    .summary("write a folder of generated pictures to learn from")
    .description(
      "Writes pictures of textured shapes in ten classes, at random place, scale, angle and light among clutter, as " +
        "FOLDER/train/circle/000001.jpg, with val and test beside train. The same options give the same files. It asks " +
        "nobody for anything: no download, no licence.",
    )
    .addArgument(new Argument("<kind>", "what is drawn").choices(["shapes"]))
    .argument("<folder>", "a folder that is not there yet, or is empty")
    .addOption(wholeNumber("-i, --image-size <n>", "height and width", { from: 8, to: 8192 }, 96))
    .addOption(wholeNumber("--train <n>", "pictures of each class to train on", { from: 1, to: most.to }, 500))
    .addOption(wholeNumber("--val <n>", "pictures of each class to validate with", most, 50))
    .addOption(wholeNumber("--test <n>", "pictures of each class to test with", most, 50))
    .addOption(wholeNumber("--seed <n>", "other pictures", { from: 0, to: 2 ** 32 - 1 }, 0))
    .addOption(oneOf("--format <name>", "of the files", ["jpeg", "png"], "jpeg"))
    .action(async (_kind: string, folder: string, options: MakeDatasetOptions) => {
      const { imageSize, train, val, test, seed, format } = options;
      using display = new Display();
      using signals = stopSignals(() => display.line("removing what was written ..."));
      const made = makeShapes(folder, {
        size: imageSize,
        train,
        validation: val,
        test,
        seed,
        format,
        onProgress: (done, total) => display.live(`${formatCount(done)} of ${formatCount(total)} pictures ...`),
        signal: signals.signal,
      });
      const count = await made.catch((error: unknown) => {
        if (signals.exitCode() === 0) throw error;
        process.exit(signals.exitCode());
      });
      display.live("");
      display.line(`${folder}: ${formatCount(count)} pictures of ${imageSize} x ${imageSize}, ten classes`);
    });
}
