/** Augmentation: transforms as data for pipelines, and below them the plain functions on pictures. */
export { applyTransforms, type OutputSize, outputSize } from "./apply.ts";
export { adjustBrightness, adjustContrast, adjustHue, adjustSaturation, shiftColors } from "./color.ts";
export { cutmix, type Mix, mixBatch, type MixedBatch, mixup } from "./mix.ts";
export {
  type ColorStatistics,
  colorStatistics,
  type ColorStatisticsOptions,
  imagenetColors,
} from "./principal-colors.ts";
export {
  centerCrop,
  colorJitter,
  normalize,
  pcaJitter,
  randomCrop,
  randomErasing,
  randomFlip,
  randomResizedCrop,
  type Range,
  resize,
  type Size,
  tenCrop,
  type Transform,
} from "./transform.ts";
