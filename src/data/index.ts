/** `tf.data`: pictures and other data on their way into a network. */
export * as augment from "./augment/index.ts";
export { BlobImages, type BlobImagesOptions, decodeBlob, type DecodePicture, type PictureBlob } from "./blob-images.ts";
export { type Batched, Dataset, type TypedArray } from "./dataset.ts";
export {
  type Image,
  image,
  type ImageSource,
  type LabeledImage,
  type MemoryData,
  type Pixels,
  type SourceDescription,
  toBytes,
  withChannels,
} from "./image.ts";
export type { ImageBatch } from "./batch-maker.ts";
export type { DataState } from "./epoch-order.ts";
export { ImageBatches, type ImageBatchOptions } from "./image-batches.ts";
export {
  alexnetPaper,
  kerasCaffe,
  type Preset,
  type PresetName,
  type PresetOptions,
  presets,
  torchvision,
} from "./presets.ts";
export type { BrokenImage } from "./produce.ts";
export { RandomStream } from "./random-stream.ts";
export { shapeClasses, shapes, type ShapesOptions } from "./shapes/index.ts";
export { inMemory, MemoryImages, randomSplit, subset } from "./sources.ts";
