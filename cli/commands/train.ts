import { Command } from "commander";
import { Display } from "../terminal/display.ts";
import { addTrainOptions, type TrainOptions } from "../training/options.ts";
import { stopSignals } from "../training/stop-signals.ts";
import { train } from "../training/train.ts";

export function trainCommand(): Command {
  const command = new Command("train")
    .summary("train a network on a folder of images")
    .description(
      "Trains a classifier on DATA: a folder with one sub-folder a class (or train, val and test with such sub-folders), " +
        "MNIST's or CIFAR's files, a .npz, .tar or .tfrecord file. Keeps checkpoints, metrics.jsonl, TensorBoard's event " +
        "files and report.html in --out. Stopped at any moment, --resume goes on from the last checkpoint and comes to the " +
        "same weights, bit by bit. Ctrl-C ends it after the step (or the validation's batch) under way, with a checkpoint; a second one at once.",
    )
    .argument("[data]", "the data set; with --resume the run knows it");
  return addTrainOptions(command).action(async (data: string | undefined, options: TrainOptions) => {
    using display = new Display();
    using signals = stopSignals(() => display.line("stopping after this step ..."));
    await train(data ?? "", options, { command, display, signals });
    if (signals.exitCode() !== 0) process.exit(signals.exitCode());
  });
}
