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
export { batchNormalization, type BatchNormalizationOptions } from "./normalization.ts";
export { dropout, type DropoutOptions, flatten } from "./plain.ts";
export { averagePooling2d, maxPooling2d, type Pooling2DOptions } from "./pooling.ts";
export { collectVariables, reuseVariables } from "./variables.ts";
export { conv2d, type Conv2DOptions, dense, type DenseOptions, type WeightedOptions } from "./weighted.ts";
