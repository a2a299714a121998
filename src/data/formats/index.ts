/** File formats of data and weights: parsers that trust nothing, and writers. All work on bytes in memory or a `ByteSource`. */
export { blobSource, type ByteSource, bytesSource } from "./byte-source.ts";
export { type Cifar100, parseCifar10, parseCifar100 } from "./cifar.ts";
export type { ElementType } from "./element-type.ts";
export { gunzip } from "./inflate.ts";
export { parseIdx, readIdx } from "./idx.ts";
export { type LabeledImage, type LabeledImages, labeledImages } from "./labeled-images.ts";
export { parseNpy, serializeNpy } from "./npy.ts";
export { readNpz, serializeNpz } from "./npz.ts";
export {
  type OpenSafetensors,
  openSafetensors,
  parseSafetensors,
  type Safetensors,
  safetensorsPieces,
  serializeSafetensors,
} from "./safetensors.ts";
export type { TensorEntry } from "./safetensors-header.ts";
export { parseTar, type TarMember } from "./tar.ts";
export { maskedCrc32c, parseTfRecords, readTfRecords, serializeTfRecord } from "./tf-record.ts";
export { parseWebDataset, type WebDatasetSample } from "./web-dataset.ts";
export { openZip, serializeZip, type ZipMember } from "./zip.ts";
