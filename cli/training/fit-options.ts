import type * as tf from "millrace";
import type { ImageData } from "millrace/node";
import type { Display } from "../terminal/display.ts";
import { classWeightsFor } from "./class-weights.ts";
import type { ExplainedNetwork } from "./grad-cam.ts";
import { loadStartingWeights } from "./load-weights.ts";
import { buildNetwork, layerPatterns } from "./network.ts";
import { optimizerOf, scheduleOf, type Settings } from "./settings.ts";

/** The network twice, on the same variables. */
export interface BuiltModels {
  training: tf.models.Model | null;
  evaluation: tf.models.Model | null;
}

/** With the layers that the report looks into. */
export function explained(model: tf.models.Model): ExplainedNetwork {
  const convolutions = model.activations.filter(({ op, rank }) => rank === 4 && /conv\d[_\d]*$/.test(op.name));
  return { ...model, firstConvolution: convolutions[0]!, lastConvolution: convolutions.at(-1)! };
}

/** A checkpoint does not say them: the first three may change, the others are compared with config.json alone. */
const NOT_KEPT: ReadonlySet<string> = new Set(["data", "epochs", "steps", "clipNorm", "ema", "patience"]);

function keptSettings(settings: Settings): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !NOT_KEPT.has(name)));
}

/** What of the settings is training's. */
export function fitOptionsOf(
  settings: Settings,
  data: ImageData,
  models: BuiltModels,
  display: Display,
): Omit<tf.train.FitOptions, "session" | "data"> {
  const { epochs, steps, clipNorm, ema, patience, optimizer } = settings;
  const classes = data.classes.length;
  const classWeights = classWeightsFor(settings.classWeights, data.classes, data.train);
  const { weightDecay, labelSmoothing, accumulate, monitor, seed } = settings;
  return {
    network: ({ images, training }) => {
      const built = buildNetwork(settings, classes, { images, training });
      models[training ? "training" : "evaluation"] = built;
      return built;
    },
    optimizer: optimizerOf(settings),
    learningRate: scheduleOf(settings),
    epochs,
    ...(steps === null ? {} : { steps }),
    // AdamW's is its own.
    weightDecay: optimizer === "adamw" ? 0 : weightDecay,
    labelSmoothing,
    ...(classWeights === null ? {} : { classWeights }),
    accumulate,
    monitor,
    seed,
    clipNorm,
    ...(ema === null ? {} : { ema }),
    ...(patience === null ? {} : { earlyStopping: { patience } }),
    freeze: layerPatterns(settings.freeze),
    configuration: { ...keptSettings(settings), classes },
    initialize: async ({ session }) => {
      const model = models.training;
      const loaded = model === null ? null : await loadStartingWeights(settings, classes, session, model);
      if (loaded !== null) display.line(loaded);
    },
  };
}
