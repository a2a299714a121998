/** `tf.train`: optimizers and what belongs to training steps. */
export { AdagradOptimizer, type AdagradOptions } from "./adagrad.ts";
export { AdamOptimizer, type AdamOptions, AdamWOptimizer, type AdamWOptions } from "./adam.ts";
export { getOrCreateGlobalStep } from "./global-step.ts";
export { GradientDescentOptimizer } from "./gradient-descent.ts";
export { MomentumOptimizer, type MomentumOptions } from "./momentum.ts";
export {
  type ApplyGradientsOptions,
  type ComputeGradientsOptions,
  type GradientAndVariable,
  type MinimizeOptions,
  Optimizer,
  type Scalar,
} from "./optimizer.ts";
export { RMSPropOptimizer, type RMSPropOptions } from "./rms-prop.ts";
