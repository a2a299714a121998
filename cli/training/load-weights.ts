import * as tf from "millrace";
import { openFile, readWeights } from "millrace/node";
import { architectureOf } from "./network.ts";
import type { Settings } from "./settings.ts";

/**
 * Loads the weights that the settings name, all layers but the last unless that is kept, too.
 * @returns a line that says what was loaded; null when the run begins with random weights.
 * @throws ValueError, in the command line's words, when they do not fit.
 */
export async function loadStartingWeights(
  settings: Settings,
  classes: number,
  session: tf.Session,
  model: tf.models.Model,
): Promise<string | null> {
  const { weights: file, keepHead } = settings;
  if (file === null) return null;
  const head = `fc${architectureOf(settings.model).dense.length + 1}`;
  const weights = await readTrained(file);
  try {
    const { loaded } = await tf.models.loadWeights(session, model, weights, { skip: keepHead ? [] : [head] });
    const others = keepHead ? "all layers" : `${head} begins anew, for ${classes} classes`;
    return `${file}: ${loaded.length} variables loaded; ${others}`;
  } catch (error) {
    throw error instanceof tf.ValueError ? inOurWords(error, settings, { head, classes }) : error;
  }
}

/** What is in a file of weights; of a run's own checkpoint, what `evaluate` would use. @throws FormatError when it is damaged. */
async function readTrained(file: string): Promise<tf.models.Weights> {
  const weights = await readWeights(file);
  return (await isCheckpoint(file)) ? usedWeights(weights) : weights;
}

async function isCheckpoint(file: string): Promise<boolean> {
  if (file.startsWith("hf:") || !file.toLowerCase().endsWith(".safetensors")) return false;
  await using source = await openFile(file);
  const { metadata } = await tf.formats.openSafetensors(source);
  return tf.train.isCheckpoint(metadata);
}

/** Of all that training keeps the layers' variables: their averages, where there are any. */
function usedWeights(variables: tf.models.Weights): tf.models.Weights {
  const isLayers = (name: string): boolean => {
    // `conv1/weights`, but neither an optimizer's `conv1/weights/Adam/m` nor its `Adam/beta1_power`.
    const [layer = "", , ...slot] = name.split("/");
    return slot.length === 0 && variables.has(`${layer}/weights`);
  };
  const own = [...variables.keys()].filter(isLayers);
  return new Map(own.map((name) => [name, tf.train.trainedValue(variables, name)!]));
}

interface Head {
  readonly head: string;
  readonly classes: number;
}

/** The library's error, with what helps on the command line. */
function inOurWords(
  error: tf.ValueError,
  { weights, keepHead, model }: Settings,
  { head, classes }: Head,
): tf.ValueError {
  const { operands } = error;
  const isHead = operands.length > 0 && operands.every(({ note }) => note?.includes(`for "${head}/`) === true);
  return new tf.ValueError({
    problem: error.problem.replace(/^loadWeights: /, `--weights ${weights}: `),
    operands,
    fix:
      keepHead && isHead
        ? `leave out --keep-head: ${head} then begins anew, for your ${classes} classes.`
        : `pass weights of the network that --model ${model} names, or another --model.`,
    cause: error,
  });
}
