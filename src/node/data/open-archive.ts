import { ValueError } from "../../core/errors.ts";
import { parseTfRecords } from "../../data/formats/tf-record.ts";
import { parseWebDataset } from "../../data/formats/web-dataset.ts";
import { parseTfExample } from "../formats/tf-example.ts";
import type { DecodeOptions } from "./decode.ts";
import { type EncodedImage, EncodedImages } from "./encoded-images.ts";
import { numberedClasses } from "./match-classes.ts";
import { IMAGE_EXTENSIONS } from "./sniff.ts";

/** A WebDataset shard: samples of a picture (`0001.jpg`) and its class, a number (`0001.cls`). @throws FormatError, ValueError */
export function openWebDataset(bytes: Uint8Array, name: string, decoding: DecodeOptions): EncodedImages {
  const images: EncodedImage[] = [];
  for (const { key, files } of parseWebDataset(bytes)) {
    const picture = [...files].find(([ending]) => IMAGE_EXTENSIONS.has(ending.split(".").at(-1) ?? ""));
    const label = files.get("cls");
    if (picture === undefined || label === undefined) continue;
    images.push({
      name: `${name}: ${key}`,
      bytes: picture[1],
      label: labelOf(new TextDecoder().decode(label).trim(), `${name}: ${key}`),
    });
  }
  return packed(images, name, "samples with a picture and a .cls file", decoding);
}

/**
 * A TFRecord file of `tf.train.Example`s as TensorFlow's image data sets have them: features `image/encoded` (or `image`)
 * and `image/class/label` (or `label`). @throws FormatError, ValueError
 */
export function openTfRecord(bytes: Uint8Array, name: string, decoding: DecodeOptions): EncodedImages {
  const images: EncodedImage[] = [];
  for (const record of parseTfRecords(bytes)) {
    const features = parseTfExample(record);
    const picture = features.get("image/encoded") ?? features.get("image");
    const label = features.get("image/class/label") ?? features.get("label");
    const encoded = Array.isArray(picture) ? (picture as readonly Uint8Array[])[0] : undefined;
    if (encoded === undefined || !(label instanceof BigInt64Array)) continue;
    const called = `${name}: record ${images.length}`;
    images.push({ name: called, bytes: encoded, label: labelOf(String(label[0]), called) });
  }
  return packed(images, name, "records with image/encoded and image/class/label", decoding);
}

function labelOf(text: string, name: string): number {
  const label = Number(text);
  if (text !== "" && Number.isInteger(label) && label >= 0 && label < 2 ** 31) return label;
  throw new ValueError({
    problem: `data: ${name} has the class ${JSON.stringify(text.slice(0, 40))}.`,
    fix: "classes are whole numbers from 0.",
  });
}

function packed(images: readonly EncodedImage[], name: string, wanted: string, decoding: DecodeOptions): EncodedImages {
  if (images.length === 0) {
    throw new ValueError({
      problem: `data: ${name} has no ${wanted}.`,
      fix: "write the pictures with their classes into it.",
    });
  }
  const most = images.reduce((high, { label }) => Math.max(high, label), 0);
  return EncodedImages.from(images, numberedClasses(name, most).names, decoding);
}
