import { Command } from "commander";
import * as tf from "millrace";
import { saveTrace } from "millrace/node";
import { backendOption, type BackendOptions, openBackend, threadsOption } from "../backend.ts";
import { buildGradients, buildNetwork, type NetworkOptions } from "../benchmark/network.ts";
import { batchSizeOption, imageSizeOption, modelArgument, normalizationOption } from "../options.ts";
import { Display } from "../terminal/display.ts";
import { formatJson } from "../terminal/format.ts";
import { requireWritable } from "../writable.ts";

interface ExplainOptions extends NetworkOptions, BackendOptions {
  readonly backward?: boolean;
  readonly profile?: boolean;
  readonly trace?: string;
  readonly json?: boolean;
}

export function explainCommand(): Command {
  return new Command("explain")
    .summary("show the plan that bench runs, step by step")
    .description(
      "Prints the plan of what `bench MODEL` times: each step with its kernel, algorithm, shapes, tasks, bytes and FLOP, " +
        "in the order they run; with --profile also how long each took, measured in one run.",
    )
    .addArgument(modelArgument())
    .option("--backward", "the plan of Forward-backward instead of Forward")
    .option("--profile", "run the plan and measure every step")
    .option("--trace <file>", "also write the measured run for https://ui.perfetto.dev, in Chrome's trace format")
    .addOption(batchSizeOption())
    .addOption(imageSizeOption())
    .addOption(normalizationOption())
    .addOption(threadsOption())
    .addOption(backendOption())
    .option("--json", "print one JSON object")
    .action(explain);
}

async function explain(model: tf.models.ModelName, options: ExplainOptions): Promise<void> {
  const { backward = false, trace, json = false } = options;
  const profile = options.profile === true || trace !== undefined;
  if (trace !== undefined) await requireWritable("--trace", trace);
  using display = new Display({ toStandardError: json });
  const backend = openBackend(options);
  await new tf.Graph().asDefault(async () => {
    const network = buildNetwork(model, options);
    const target = backward ? buildGradients(network) : network.forward;
    await using session = new tf.Session({ backend });
    if (profile) {
      display.live("running the plan ...");
      await session.run(tf.globalVariablesInitializer());
    }
    const explanation = await session.explain(target, undefined, { profile });
    display.live("");
    if (json) {
      const { steps, totals } = explanation;
      process.stdout.write(`${formatJson({ model, backend: backend.name, steps, totals })}\n`);
    } else {
      display.line(explanation.text);
    }
    if (trace !== undefined) {
      await saveTrace(trace, explanation.trace);
      display.line(`trace: ${trace}`);
    }
  });
}
