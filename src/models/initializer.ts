import { type FanInInitializer, heNormal as heNormalOfLayers, type Initializer } from "../layers/initializers.ts";
import { truncatedNormal } from "../ops/index.ts";

export type { Initializer };

/**
 * Normal with variance 2 / fanIn, cut at two deviations: keeps the size of activations through layers of relu.
 * @see He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015, equation 10.
 */
export const heNormal: FanInInitializer = heNormalOfLayers;

/** What the notes use for every kernel: truncated normal of deviation 0.1. */
export const notesNormal: Initializer = (shape) => truncatedNormal(shape, { stddev: 1e-1 });
