/** Pictures in files: what `millrace/node` adds to `tf.data`. */
export { decodeImage, decodeImageFile, type DecodeOptions } from "./decode.ts";
export { type EncodedImage, EncodedImages } from "./encoded-images.ts";
export { encodeImage, type EncodeOptions } from "./encode.ts";
export {
  countEndings,
  ImageFiles,
  type ImageFolder,
  type ImageFolderOptions,
  openImageFolder,
} from "./image-folder.ts";
export {
  contactSheet,
  type ContactSheetOptions,
  type ImageReport,
  inspectImages,
  type Spread,
} from "./inspect-images.ts";
export { loadImages, type LoadImagesOptions } from "./load-images.ts";
export { makeShapes, type MakeShapesOptions } from "./make-shapes.ts";
export { type ImageData, openImageData } from "./open-image-data.ts";
