/** Weights in and out: names and layouts of torchvision, timm, Keras and our own. */
export { kerasNames } from "./keras-names.ts";
export { exportWeights, type LoadedWeights, loadWeights, type LoadWeightsOptions } from "./load-weights.ts";
export type { Weights } from "./match-weights.ts";
export type { Naming } from "./naming.ts";
export { torchvisionAlexnet } from "./torchvision-alexnet.ts";
