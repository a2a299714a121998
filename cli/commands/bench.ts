import { Command } from "commander";
import type * as tf from "millrace";
import { backendOption, threadsOption } from "../backend.ts";
import { type BenchmarkOptions, runBenchmark } from "../benchmark/run.ts";
import { batchSizeOption, imageSizeOption, modelArgument, normalizationOption, wholeNumber } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatJson } from "../terminal/format.ts";

interface BenchOptions extends BenchmarkOptions {
  readonly json?: boolean;
}

export function benchCommand(): Command {
  return new Command("bench")
    .summary("time a network, forward and forward-backward")
    .description(
      "Times the convolutional part of a network: Forward computes its last pool, Forward-backward the gradients of " +
        "l2Loss(last pool) for all parameters. Prints the shape of every layer, a duration every ten steps, mean and " +
        "deviation over all steps, and the speed beside the machine's measured peak.",
    )
    .addArgument(modelArgument())
    .addOption(batchSizeOption())
    .addOption(imageSizeOption())
    .addOption(wholeNumber("--burn-in <n>", "steps before those that count", { from: 0, to: 1_000_000 }, 10))
    .addOption(wholeNumber("-s, --steps <n>", "steps that count", { from: 1, to: 1_000_000 }, 100))
    .addOption(normalizationOption())
    .addOption(threadsOption())
    .addOption(backendOption())
    .option("--json", "print one JSON object, seconds throughout; progress goes to standard error")
    .action(async (model: tf.models.ModelName, { json = false, ...options }: BenchOptions) => {
      using display = new Display({ toStandardError: json });
      const { benchmark } = await runBenchmark(model, options, display);
      if (json) process.stdout.write(`${formatJson(benchmark)}\n`);
    });
}
