/** `tf.layers`: functions that return tensors and make the variables they need. */
export { l2Regularizer, regularizationLoss, type Regularizer, updateOps } from "./collections.ts";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initializer,
  lecunNormal,
  lecunUniform,
  truncatedNormal,
} from "./initializers.ts";
export {
  averagePooling2d,
  batchNormalization,
  type BatchNormalizationOptions,
  dropout,
  type DropoutOptions,
  flatten,
  maxPooling2d,
  type Pooling2DOptions,
} from "./plain.ts";
export { collectVariables, reuseVariables } from "./variables.ts";
export { conv2d, type Conv2DOptions, dense, type DenseOptions, type WeightedOptions } from "./weighted.ts";
