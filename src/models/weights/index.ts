/** Weights in and out: names and layouts of torchvision, timm, Keras and our own; ONNX. */
export { kerasNames } from "./keras-names.ts";
export { exportWeights, type LoadedWeights, loadWeights, type LoadWeightsOptions } from "./load-weights.ts";
export type { Weights } from "./match-weights.ts";
export type { Naming } from "./naming.ts";
export type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./onnx/onnx-model.ts";
export { type OnnxOptions, toOnnx } from "./onnx/to-onnx.ts";
export { torchvisionAlexnet } from "./torchvision-alexnet.ts";
