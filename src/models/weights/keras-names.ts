import type { NDArray } from "../../core/ndarray.ts";

/** Datasets that are no weights: the optimizer's state. */
const NO_WEIGHTS = /^(?:optimizer|optimizer_weights|top_level_model_weights|seed_generators?)\//;

/** Containers of layers, in Keras 3 and in the formats before it. */
const CONTAINER = /^(?:model_weights|_?layers|_layer_checkpoint_dependencies)\//;

/** `kernel:0`, `block1_conv1_W_1:0`, `bias:0`. */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)(?:kernel|W)(?:_\d+)?(?::\d+)?$/, "kernel"],
  [/(?:^|_)(?:bias|b)(?:_\d+)?(?::\d+)?$/, "bias"],
  [/(?:^|_)gamma(?:_\d+)?(?::\d+)?$/, "gamma"],
  [/(?:^|_)beta(?:_\d+)?(?::\d+)?$/, "beta"],
  [/(?:^|_)(?:moving|running)_mean(?:_\d+)?(?::\d+)?$/, "moving_mean"],
  [/(?:^|_)(?:moving_variance|running_std)(?:_\d+)?(?::\d+)?$/, "moving_variance"],
];

/**
 * The datasets of a Keras .h5 by plain names, which `loadWeights` knows: `block1_conv1/kernel` for every generation of
 * the layer-wise format (`/block1_conv1/block1_conv1_W_1:0`, `/model_weights/block1_conv1/vgg16/block1_conv1/kernel:0`),
 * `layers/conv2d/vars/0` for Keras 3's `.weights.h5`.
 *
 * @param datasets by path, without a leading slash. What is no weight is left out; names that are not understood stay.
 */
export function kerasNames(datasets: ReadonlyMap<string, NDArray>): Map<string, NDArray> {
  const named = new Map<string, NDArray>();
  for (const [path, array] of datasets) {
    if (NO_WEIGHTS.test(path)) continue;
    const inside = path.replace(CONTAINER, "");
    const parts = inside.split("/");
    const isNumbered = parts.length === 3 && parts[1] === "vars";
    named.set(isNumbered ? `layers/${inside}` : plainName(inside, parts), array);
  }
  return named;
}

function plainName(path: string, parts: readonly string[]): string {
  const role = ROLES.find(([expression]) => expression.test(parts.at(-1) ?? ""))?.[1];
  return role === undefined || parts.length < 2 ? path : `${parts[0]}/${role}`;
}
