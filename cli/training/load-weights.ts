import * as tf from "millrace";
import { readWeights } from "millrace/node";
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
  const weights = await readWeights(file);
  try {
    const { loaded } = await tf.models.loadWeights(session, model, weights, { skip: keepHead ? [] : [head] });
    const others = keepHead ? "all layers" : `${head} begins anew, for ${classes} classes`;
    return `${file}: ${loaded.length} variables loaded; ${others}`;
  } catch (error) {
    throw error instanceof tf.ValueError ? inOurWords(error, settings, { head, classes }) : error;
  }
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
