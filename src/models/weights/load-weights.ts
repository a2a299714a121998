import type { NDArray } from "../../core/ndarray.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Session } from "../../runtime/session.ts";
import type { Model } from "../model.ts";
import { type MatchOptions, matchWeights, type Weights } from "./match-weights.ts";
import { layersOf } from "./model-layers.ts";
import { type Naming, requireBindings } from "./naming.ts";

export type LoadWeightsOptions = MatchOptions;

/** What `loadWeights` did. */
export interface LoadedWeights {
  /** Whose names the file has. */
  readonly naming: Naming;
  /** Names of the variables that got a value. */
  readonly loaded: readonly string[];
  /** Names of those that kept theirs. */
  readonly skipped: readonly string[];
  /** Names in the file that the model has no place for. */
  readonly extra: readonly string[];
}

/**
 * Gives a model's variables the values of a file: `parseSafetensors(bytes).tensors`, `await readNpz(bytes)`, what
 * `millrace/node` reads from Keras' .h5.
 *
 * Names of torchvision, timm, Hugging Face, Keras and Millrace itself are recognised; layouts are converted. Nothing is
 * assigned unless everything fits. Variables that are not loaded (an optimizer's, skipped layers) still need their
 * initializers, before or after.
 *
 * @param session of the model's graph.
 * @throws ValueError that lists all names that are missing, too much or of another shape.
 * @example
 * const model = tf.models.vgg16();
 * await tf.models.loadWeights(session, model, await readWeights("vgg16.safetensors"));
 */
export async function loadWeights(
  session: Session,
  model: Model,
  weights: Weights,
  options: LoadWeightsOptions = {},
): Promise<LoadedWeights> {
  const { naming, pairs, skipped, extra } = matchWeights(layersOf(model), weights, options);
  // One variable a run: converted values of all of them at once would double the memory of large models.
  for (const { binding, stored } of pairs) {
    await session.importState({ variables: new Map([[binding.variable.op.name, binding.conversion.load(stored)]]) });
  }
  return { naming, loaded: pairs.map(({ binding }) => binding.variable.op.name), skipped, extra };
}

/**
 * A model's weights under the names, and in the layouts, of others; `serializeSafetensors` makes a file of them.
 *
 * @param naming default `millrace`, which `loadWeights` reads back bit by bit.
 * @throws ValueError when the naming has no names for this network. @throws UninitializedError
 */
export async function exportWeights(
  session: Session,
  model: Model,
  naming: Naming = "millrace",
): Promise<Map<string, NDArray>> {
  const bindings = requireBindings(layersOf(model), naming);
  const values = await session.run(bindings.map(({ variable }) => variable as Tensor));
  return new Map(bindings.map(({ stored, conversion }, index) => [stored, conversion.store(values[index]!)]));
}
